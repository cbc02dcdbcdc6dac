/// Part, drawing and task numbers in one spelling.
enum Identifier {
    /// Folded, capitals, every dash a hyphen, no white space: "ｐｎ−１２ ３" is "PN-123". May be empty.
    static func folded(_ identifier: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in NormalForm.foldedString(identifier).uppercased().unicodeScalars where !scalar.properties.isWhitespace {
            result.append(isDash(scalar.value) ? "-" : scalar)
        }
        return String(result)
    }

    /// Hyphens, dashes, minus signs, and what Japanese typists and OCR put in their place.
    static func isDash(_ value: UInt32) -> Bool {
        switch value {
        case 0x2D, 0x2010...0x2015, 0x2043, 0x2212, 0x2500, 0x30FC, 0xFE58, 0xFE63, 0xFF0D, 0xFF70: true
        default: false
        }
    }

    /// Where a folded text holds identifiers, in order: declared ones (a set of `folded` forms), and what looks like one.
    ///
    /// Looks like one: ASCII letters and digits with hyphens inside, at least four characters, two of them digits, and
    /// letters or a hyphen too; but no date, measure or range of measures.
    static func ranges(in text: [UInt16], declared: Set<String>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        func isDeclared(_ range: Range<Int>) -> Bool { !declared.isEmpty && declared.contains(folded(text, range)) }
        forEachRun(in: text, text.indices, joint: { isJoint($0) || $0 == 0x2E || $0 == 0x2F }) { wide in
            if isDeclared(wide) {
                ranges.append(wide)
                return
            }
            forEachRun(in: text, wide, joint: isJoint) { narrow in
                if looksRight(text[narrow]) || narrow != wide && isDeclared(narrow) { ranges.append(narrow) }
            }
        }
        return ranges
    }

    /// As `folded`, of a run of `ranges` in a folded text: small letters, digits and joints alone.
    static func folded(_ text: [UInt16], _ run: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: run.count) { bytes in
            for (place, unit) in text[run].enumerated() {
                bytes[place] = isDash(UInt32(unit)) ? 0x2D : 0x61...0x7A ~= unit ? UInt8(unit - 0x20) : UInt8(truncatingIfNeeded: unit)
            }
            return run.count
        }
    }

    /// Longest runs of ASCII letters and digits in a part of the text, with single joints inside.
    @inline(__always)
    private static func forEachRun(in text: [UInt16], _ part: Range<Int>, joint: (UInt16) -> Bool, _ body: (Range<Int>) -> Void) {
        var start = part.lowerBound
        while start < part.upperBound {
            guard isAlphanumeric(text[start]) else {
                start += 1
                continue
            }
            var end = start + 1
            while end < part.upperBound {
                guard isAlphanumeric(text[end]) || (joint(text[end]) && end + 1 < part.upperBound && isAlphanumeric(text[end + 1])) else { break }
                end += 1
            }
            body(start..<end)
            start = end
        }
    }

    private static func looksRight(_ run: ArraySlice<UInt16>) -> Bool {
        guard run.count >= 4, run.count <= 64, run.count(where: Measure.isDigit) >= 2 else { return false }
        let parts = run.split(whereSeparator: isJoint)
        if parts.count == 1 {
            // "m10x20" and "u8025" pass, "2024", "100mm" and "2nd" do not.
            return run.contains { !Measure.isDigit($0) } && !Measure.isDigit(run[run.startIndex])
        }
        if parts.allSatisfy({ $0.allSatisfy(Measure.isDigit) }) {
            return run.count(where: Measure.isDigit) >= 5 && !isDate(parts)
        }
        // "10-15mm"
        return !parts.allSatisfy { part in
            part.allSatisfy(Measure.isDigit) || Measure(in: Array(part), at: 0)?.length == part.count
        }
    }

    private static func isDate(_ parts: [ArraySlice<UInt16>]) -> Bool {
        let lengths = parts.map(\.count)
        return lengths.count == 3 && (lengths.first == 4 || lengths.last == 4) && lengths[1] <= 2 && lengths.reduce(0, +) <= 8
    }

    private static func isAlphanumeric(_ unit: UInt16) -> Bool { Measure.isDigit(unit) || 0x61...0x7A ~= unit }

    private static func isJoint(_ unit: UInt16) -> Bool { isDash(UInt32(unit)) || unit == 0x5F }
}
