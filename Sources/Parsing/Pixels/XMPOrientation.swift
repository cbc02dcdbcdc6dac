/// Finds `tiff:Orientation` in an XMP packet, as attribute or element.
///
/// Looks at bytes, for a packet may be cut or hold anything; the prefix is the one that the packet binds to the namespace of TIFF.
enum XMPOrientation {
    /// Bytes, and bindings of a prefix: packets of photographs are far smaller, and what repeats is an attack on time.
    private static let (mostBytes, mostPrefixes) = (256 << 10, 4)

    /// The orientation, 1 to 8; `nil` without a valid one.
    static func read(_ packet: some Collection<UInt8>) -> Int? {
        let text = String(decoding: packet.prefix(mostBytes), as: UTF8.self)
        var rest = text[...]
        var prefixes: [Substring] = []
        while prefixes.count < mostPrefixes, let found = rest.firstMatch(of: namespace) {
            if prefixes.contains(found.output.1) { break }
            prefixes.append(found.output.1)
            rest = rest[found.range.upperBound...]
        }
        for prefix in prefixes {
            for place in text.ranges(of: "\(prefix):Orientation") {
                let value = text[place.upperBound...].drop { $0.isWhitespace || $0 == "=" || $0 == ">" || $0 == "\"" || $0 == "'" }
                if let value = Int(value.prefix { $0.isASCII && $0.isNumber }), (1...8).contains(value) { return value }
            }
        }
        return nil
    }

    // Unsafe by name only, because a literal without captured state is never changed; `Regex` does not say so of itself.
    nonisolated(unsafe) private static let namespace = /xmlns:([A-Za-z_][A-Za-z0-9._-]*)\s*=\s*["']http:\/\/ns\.adobe\.com\/tiff\/1\.0\/["']/
}
