import Crypto
public import Documents

extension ContentDigest {
    /// The SHA-256 of bytes in memory.
    public static func sha256(of bytes: [UInt8]) -> ContentDigest {
        ContentDigest(bytes: SHA256.hash(data: bytes))!
    }

    /// The same of bytes that somebody lends.
    public static func sha256(of bytes: UnsafeBufferPointer<UInt8>) -> ContentDigest {
        var builder = DigestBuilder()
        builder.append(UnsafeRawBufferPointer(bytes))
        return builder.finalize()
    }
}

/// A SHA-256 fed piece by piece, for what does not fit in memory or has several parts.
public struct DigestBuilder {
    private var hash = SHA256()

    public init() {}

    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    /// Appends a text and a terminator, so that `"ab", "c"` and `"a", "bc"` differ.
    public mutating func append(_ text: String) {
        append(Array(text.utf8) + [0])
    }

    public func finalize() -> ContentDigest {
        ContentDigest(bytes: hash.finalize())!
    }
}
