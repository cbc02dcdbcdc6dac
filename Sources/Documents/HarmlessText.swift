extension Unicode.Scalar {
    /// Whether a terminal may do something at it rather than show it: controls (C0, DEL, C1), what turns the direction of writing, line
    /// and paragraph separators, and tags.
    var steersTerminals: Bool {
        switch value {
        case ..<0x20, 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: true
        default: false
        }
    }
}

extension StringProtocol {
    /// The text with every character that steers terminals written out, such as `\u{202E}`: one line that is what it looks like.
    public var harmless: String {
        guard unicodeScalars.contains(where: \.steersTerminals) else { return String(self) }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar.steersTerminals {
                text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
