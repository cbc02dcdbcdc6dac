import Glibc

/// A path as the file system holds it: bytes, in whatever encoding their writer used.
public struct RawPath: Hashable, Sendable {
    /// The bytes between the root and the end of the name, `/` between components, no leading or trailing `/`.
    public let bytes: [UInt8]

    public init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    public init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    /// The path for people: valid UTF-8 as it is; any other byte, and control characters and line separators, as `\xNN`.
    ///
    /// Never ambiguous: a backslash in a name is written `\\`. One line, whatever the name holds.
    public var display: String {
        // Most names are printable ASCII.
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }) { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        var decoder = UTF8()
        var rest = bytes[...]
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                switch scalar {
                case "\\": text += "\\\\"
                case _ where [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory):
                    text += Self.escaped(rest.prefix(scalar.utf8.count))
                default: text.unicodeScalars.append(scalar)
                }
                rest = rest.dropFirst(scalar.utf8.count)
            } else {
                text += Self.escaped(rest.prefix(1))
                rest = rest.dropFirst()
            }
            decoder = UTF8()
        }
        return text
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { byte in
            let hex = String(byte, radix: 16, uppercase: true)
            return "\\x" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }

    /// The last component.
    public var name: RawPath {
        RawPath(bytes: bytes.suffix(from: bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0))
    }

    /// Everything before the last component; empty at the root.
    public var folder: RawPath {
        RawPath(bytes: bytes.prefix(upTo: bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0))
    }

    /// The last component without its extension.
    public var stem: RawPath {
        let name = name.bytes
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return RawPath(bytes: name) }
        return RawPath(bytes: name.prefix(upTo: dot))
    }

    public func appending(_ component: RawPath) -> RawPath {
        bytes.isEmpty ? component : RawPath(bytes: bytes + [UInt8(ascii: "/")] + component.bytes)
    }
}

extension RawPath: Comparable {
    /// Byte order, the same on every machine and in every locale.
    public static func < (left: Self, right: Self) -> Bool {
        left.bytes.withUnsafeBytes { left in
            right.bytes.withUnsafeBytes { right in
                // Empty ones have no address.
                let order = left.isEmpty || right.isEmpty ? 0 : memcmp(left.baseAddress!, right.baseAddress!, min(left.count, right.count))
                return order < 0 || order == 0 && left.count < right.count
            }
        }
    }
}
