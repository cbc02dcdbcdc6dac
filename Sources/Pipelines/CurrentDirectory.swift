import Glibc
import SystemPackage

/// The process's working directory; `/` when it was removed meanwhile.
func currentDirectory() -> FilePath {
    guard let buffer = getcwd(nil, 0) else { return FilePath("/") }
    defer { free(buffer) }
    return FilePath(platformString: buffer)
}

/// This program's own file, for starting workers of the same build: also when the file was replaced, or removed, while it runs.
public func currentExecutable() -> String {
    let running = "/proc/\(getpid())/exe"
    return access(running, X_OK) == 0 ? running : CommandLine.arguments[0]
}
