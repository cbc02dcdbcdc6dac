import Documents

/// What the beginning of a line says about it: a step, a warning, a list item.
enum LineMark {
    /// The kind that a line begins; `nil` for a line that may go on with the one before.
    static func kind(of line: some StringProtocol) -> Fragment.Kind? {
        let scalars = beginning(of: line)
        guard let first = scalars.first, PlainBeginning.mayMark(scalars) else { return nil }
        if isWarning(scalars) { return .warning }
        switch Numbering(scalars) {
        case .step, .dotted: return .step
        case .chapter, nil: break
        }
        if "・•●○■□◆◇‣▪–".unicodeScalars.contains(first), scalars.count > 1 { return .listItem }
        if "-*+".unicodeScalars.contains(first), scalars.count > 1, scalars[1].properties.isWhitespace { return .listItem }
        return nil
    }

    /// The number that a line begins with.
    static func numbering(of line: some StringProtocol) -> Numbering? {
        let scalars = beginning(of: line)
        return PlainBeginning.mayMark(scalars) ? Numbering(scalars) : nil
    }

    /// What of a line its mark may stand in.
    private static func beginning(of line: some StringProtocol) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(32)
        for scalar in line.unicodeScalars where !scalars.isEmpty || !scalar.isSpace {
            scalars.append(scalar)
            if scalars.count == 32 { break }
        }
        return scalars
    }

    /// A line of signs alone separates or underlines; it says nothing.
    static func isRule(_ line: some StringProtocol) -> Bool {
        var count = 0
        for scalar in line.unicodeScalars where !scalar.isSpace {
            switch scalar {
            case "=", "-", "*", "_", "─", "━", "＝", "－", "~", "#", "+", "|": count += 1
            default: return false
            }
        }
        return count >= 3
    }

    /// `line`: as for `Numbering`.
    static func isWarning(_ line: [Unicode.Scalar]) -> Bool {
        let line = line.drop { "⚠\u{FE0F}【［[<＜(（※!！*#>・- \u{3000}".unicodeScalars.contains($0) }
        // A number warns of nothing.
        guard let first = line.first, !("0"..."9").contains(first) else { return false }
        let text = String(String.UnicodeScalarView(line))
        if asianWarnings.contains(where: text.hasPrefix) { return true }
        let word = text.prefix { $0.isASCII && $0.isLetter }
        guard englishWarnings.contains(word.uppercased()) else { return false }
        // "Note that" is prose; "NOTE that" and "Note: that" are not.
        guard word != word.uppercased() else { return true }
        return text.dropFirst(word.count).first.map { ":：!！-–.]】".contains($0) } ?? true
    }

    private static let asianWarnings = ["警告", "注意", "危険", "危险", "危險", "小心", "경고", "주의", "위험"]
    private static let englishWarnings: Set<String> = ["WARNING", "CAUTION", "DANGER", "NOTE"]
}
