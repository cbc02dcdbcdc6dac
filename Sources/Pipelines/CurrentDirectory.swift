import Glibc
import SystemPackage

/// The process's working directory; `/` when it was removed meanwhile.
func currentDirectory() -> FilePath {
    guard let buffer = getcwd(nil, 0) else { return FilePath("/") }
    defer { free(buffer) }
    return FilePath(platformString: buffer)
}

/// This program's own file, for starting workers of the same build.
public func currentExecutable() -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
}
