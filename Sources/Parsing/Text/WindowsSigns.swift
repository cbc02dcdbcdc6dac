/// What Windows' Latin encoding has in place of the controls U+0080 to U+009F. Number references such as `&#150;` mean these: nobody
/// writes controls.
enum WindowsSigns {
    /// The sign of a byte of 0x80 to 0x9F; empty for one that means nothing.
    static func sign(_ byte: UInt8) -> String {
        let scalar = signs[Int(byte & 0x1F)]
        return scalar == " " ? "" : String(scalar)
    }

    private static let signs = Array("€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ".unicodeScalars)
}
