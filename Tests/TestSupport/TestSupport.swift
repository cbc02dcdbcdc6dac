public import Documents
import Glibc
public import SystemPackage

/// A folder that lives as long as this object. Everybody may list it, so that `asNobody` reaches what is inside.
public final class TemporaryDirectory: Sendable {
    public let path: FilePath

    public init() {
        var template = Array("/tmp/shogo-test-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "no temporary directory")
        path = FilePath(platformString: template)
        chmod(path.string, 0o755)
    }

    deinit { Self.removeAll(path) }

    private static func removeAll(_ path: FilePath) {
        _ = path.withPlatformString { chmod($0, 0o755) }
        for name in entries(path) {
            let inside = path.pushing(FilePath(platformString: name + [0]))
            if inside.withPlatformString({ unlink($0) }) != 0 { removeAll(inside) }
        }
        _ = path.withPlatformString { rmdir($0) }
    }

    private static func entries(_ folder: FilePath) -> [[CChar]] {
        guard let directory = folder.withPlatformString({ opendir($0) }) else { return [] }
        defer { closedir(directory) }
        var names: [[CChar]] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } })
        }
        return names.filter { $0 != [46] && $0 != [46, 46] }
    }

    /// A path inside, of bytes that need not be UTF-8.
    public subscript(_ name: RawPath) -> FilePath {
        name.bytes.isEmpty ? path : path.pushing(FilePath(platformString: name.bytes.map { CChar(bitPattern: $0) } + [0]))
    }

    public subscript(_ name: String) -> FilePath { self[RawPath(name)] }

    /// Writes plainly, without the care of the code under test, making folders on the way.
    public func write(_ bytes: [UInt8], _ name: RawPath) {
        if !name.folder.bytes.isEmpty { makeFolder(name.folder) }
        let descriptor = self[name].withPlatformString { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) }
        precondition(descriptor >= 0, "cannot write \(name.display): \(String(cString: strerror(errno)))")
        defer { close(descriptor) }
        precondition(bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == bytes.count)
    }

    public func write(_ text: String, _ name: String) { write(Array(text.utf8), RawPath(name)) }

    public func makeFolder(_ name: RawPath) {
        if !name.folder.bytes.isEmpty { makeFolder(name.folder) }
        _ = self[name].withPlatformString { mkdir($0, 0o755) }
    }

    public func link(_ name: String, to target: String) {
        precondition(symlink(target, self[name].string) == 0)
    }

    /// The names in a folder, sorted.
    public func names(_ folder: String = "") -> [String] {
        Self.entries(self[folder]).map { String(decoding: $0.map { UInt8(bitPattern: $0) }, as: UTF8.self) }.sorted()
    }
}

/// A seeded generator: the same numbers on every machine.
public struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    public mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }

    public mutating func digest() -> ContentDigest { ContentDigest(bytes: bytes(32))! }
}

/// Runs `body` with the file rights of `nobody`: `setfsuid` holds for this thread only, and root loses its override.
public func asNobody<Result>(_ body: () throws -> Result) rethrows -> Result {
    typealias SetFSUID = @convention(c) (uid_t) -> Int32
    let setfsuid = unsafeBitCast(dlsym(nil, "setfsuid"), to: SetFSUID.self)
    let before = geteuid()
    if before == 0 { _ = setfsuid(65_534) }
    defer { if before == 0 { _ = setfsuid(0) } }
    return try body()
}

/// Whether `asNobody` is refused what it should be (it is not in some sandboxes).
public let rightsAreEnforced: Bool = {
    let directory = TemporaryDirectory()
    directory.makeFolder(RawPath("closed"))
    chmod(directory["closed"].string, 0)
    return asNobody { access(directory.path.string, R_OK) == 0 && open(directory["closed"].string, O_RDONLY) < 0 }
}()
