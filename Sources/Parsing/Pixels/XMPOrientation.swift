/// Finds `tiff:Orientation` in an XMP packet, as attribute or element.
///
/// Looks at bytes, for a packet may be cut or hold anything; the prefix is the one that the packet binds to the namespace of TIFF.
enum XMPOrientation {
    /// The orientation, 1 to 8; `nil` without a valid one.
    static func read(_ packet: some Collection<UInt8>) -> Int? {
        let text = String(decoding: packet.prefix(1 << 20), as: UTF8.self)
        for (prefix, _) in text.matches(of: namespace).map({ ($0.output.1, $0.range) }) {
            for place in text.ranges(of: "\(prefix):Orientation") {
                let rest = text[place.upperBound...].drop { $0.isWhitespace || $0 == "=" || $0 == ">" || $0 == "\"" || $0 == "'" }
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                if let value = Int(digits), (1...8).contains(value) { return value }
            }
        }
        return nil
    }

    nonisolated(unsafe) private static let namespace = /xmlns:([A-Za-z_][A-Za-z0-9._-]*)\s*=\s*["']http:\/\/ns\.adobe\.com\/tiff\/1\.0\/["']/
}
