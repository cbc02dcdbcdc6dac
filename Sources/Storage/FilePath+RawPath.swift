public import Documents
public import SystemPackage

extension FilePath {
    /// The path below this one, byte for byte: names that are not UTF-8 stay what they are.
    public func appending(_ path: RawPath) -> FilePath {
        guard !path.bytes.isEmpty else { return self }
        return pushing(FilePath(platformString: path.bytes.map { CChar(bitPattern: $0) } + [0]))
    }

    /// The path's bytes as a `RawPath`.
    public var raw: RawPath {
        withPlatformString { start in
            var bytes: [UInt8] = []
            var next = start
            while next.pointee != 0 {
                bytes.append(UInt8(bitPattern: next.pointee))
                next += 1
            }
            return RawPath(bytes: bytes)
        }
    }
}
