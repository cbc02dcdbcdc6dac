/// Tells sheets from text that programs write for programs: lists of checksums, drawings, mail, keys, and their like.
///
/// Structure tells, and a whole file of it: a sheet may quote a checksum, a header line or an address, and stays a sheet.
enum TextFormat {
    /// What the text is, with its article; `nil` when it may be a sheet.
    static func name(of text: String) -> String? {
        let head = Head(text)
        guard let first = head.lines.first else { return nil }
        return byStart(first, head) ?? ChecksumList.name(of: head) ?? MailFormat.name(of: head) ?? numbers(head) ?? address(head) ?? bag(head)
    }

    /// The beginning of a text in lines without the blanks around them; blank lines stand as empty ones, but none at the start.
    struct Head {
        let lines: [Substring]
        /// Whether the text goes on.
        let isCut: Bool

        init(_ text: String) {
            let limit = 64 << 10
            isCut = text.utf8.count > limit
            let start = String(decoding: text.utf8.prefix(limit), as: UTF8.self)
            var lines = start.lines.map { line in line.drop { $0.isWhitespace }.trimmingEnd { $0.isWhitespace } }
            if isCut { lines.removeLast() }
            self.lines = Array(lines.drop { $0.isEmpty })
        }

        var filled: [Substring] { lines.filter { !$0.isEmpty } }
    }

    private static func byStart(_ first: Substring, _ head: Head) -> String? {
        if let found = starts.first(where: { first.hasPrefix($0.start) }) { return found.name }
        let lines = head.filled
        if first.hasPrefix("-----BEGIN "), first.hasSuffix("-----"), !first.contains("SIGNED MESSAGE") { return "a key or certificate (PEM)" }
        if lines.contains(where: { $0.hasPrefix("-----BEGIN CERTIFICATE-----") }), first.hasPrefix("Bag Attributes") || first == "Certificate:" {
            return "a key or certificate (PEM)"
        }
        if ["ssh-rsa AAAA", "ssh-ed25519 AAAA", "ecdsa-sha2-"].contains(where: first.hasPrefix), lines.count <= 2 { return "a key (OpenSSH)" }
        if isDXF(lines) { return "an AutoCAD DXF drawing" }
        if first == "solid" || first.hasPrefix("solid "), lines.dropFirst().prefix(3).contains(where: { $0.hasPrefix("facet normal") || $0 == "facet" }) {
            return "an STL model"
        }
        if first == "ply", lines.dropFirst().first?.hasPrefix("format ") == true { return "a PLY model" }
        if isModel(lines) { return "a Wavefront OBJ model" }
        if isPlot(first) { return "an HP-GL plot" }
        if isGerber(lines) { return "a Gerber file" }
        if first.utf8.count == 80, first.dropFirst(72).first == "S", first.suffix(7).allSatisfy({ $0 == " " || $0.isNumber }) {
            return "an IGES drawing"
        }
        if isPixmap(lines) { return "a PBM, PGM or PPM picture" }
        if first.hasPrefix("begin "), first.split(separator: " ").dropFirst().first.map({ $0.count >= 3 && $0.allSatisfy(\.isWholeNumber) }) == true,
            lines.dropFirst().first?.first == "M" {
            return "uuencoded data"
        }
        return nil
    }

    private static let starts: [(start: String, name: String)] = [
        ("ISO-10303-21;", "a STEP model"), ("#VRML V", "a VRML model"), ("[InternetShortcut]", "an internet shortcut"),
        ("[Desktop Entry]", "a desktop entry"), ("BEGIN:VCARD", "a vCard"), ("BEGIN:VCALENDAR", "a calendar"), ("%%%% HASHDEEP", "a list of checksums"),
        ("/* XPM */", "an XPM picture"), ("WEBVTT", "subtitles"),
    ]

    /// Pairs of lines, a group code and its value; comments have the code 999.
    private static func isDXF(_ lines: [Substring]) -> Bool {
        var at = 0
        while at + 1 < lines.count, lines[at] == "999" { at += 2 }
        guard at + 3 < lines.count, lines[at] == "0", lines[at + 1] == "SECTION", lines[at + 2] == "2" else { return false }
        return ["HEADER", "CLASSES", "TABLES", "BLOCKS", "ENTITIES", "OBJECTS", "THUMBNAILIMAGE"].contains(lines[at + 3])
    }

    private static func isModel(_ lines: [Substring]) -> Bool {
        let said = lines.filter { !$0.hasPrefix("#") }
        let vertices = said.count { $0.hasPrefix("v ") && areNumbers($0.dropFirst(2), 3...7) }
        guard vertices >= 3 else { return false }
        let words: Set<Substring> = ["v", "vt", "vn", "vp", "f", "l", "p", "g", "o", "s", "usemtl", "mtllib"]
        return said.allSatisfy { words.contains($0.prefix { $0 != " " }) }
    }

    /// Two-letter commands that end with semicolons; a plotter is initialised first, or told by escape sequences to listen.
    private static func isPlot(_ first: Substring) -> Bool {
        let commands = first.drop { $0 == "\u{1B}" || $0 == "." || $0 == "%" || $0 == "(" || $0 == ";" || $0 == "B" || $0 == "-" || $0.isWholeNumber }
        let known: Set<Substring> = ["IN", "DF", "SP", "PU", "PD", "PA", "PR", "VS", "LT", "CI", "AA", "AR", "EA", "LB", "SI", "DI", "IP", "SC", "IW", "PW", "PS", "RO"]
        let leading = commands.split(separator: ";").prefix(6)
        if leading.count >= 3, leading.allSatisfy({ known.contains($0.prefix(2)) && $0.dropFirst(2).allSatisfy { "0123456789,.- ".contains($0) } }) { return true }
        guard commands.hasPrefix("IN;") || commands.hasPrefix("DF;") || commands.hasPrefix("BP;") || commands.hasPrefix("IN") && commands.hasPrefix("INSP") else { return false }
        let parts = commands.split(separator: ";").prefix(6)
        return parts.allSatisfy { $0.count >= 2 && $0.prefix(2).allSatisfy { $0.isASCII && $0.isUppercase } && !$0.contains { $0.isLowercase } }
    }

    private static func isGerber(_ lines: [Substring]) -> Bool {
        lines.prefix(20).contains { $0.hasPrefix("%FSLA") || $0.hasPrefix("%FSTA") } && lines.prefix(40).contains { $0.hasPrefix("%MO") || $0.hasPrefix("%AD") }
    }

    /// The mark, width, height and (but for bits) the greatest value, then numbers alone.
    private static func isPixmap(_ lines: [Substring]) -> Bool {
        guard let first = lines.first, ["P1", "P2", "P3"].contains(first.prefix(2)), first.count == 2 || first.dropFirst(2).first?.isWhitespace == true else { return false }
        let rest = ([first.dropFirst(2)] + lines.dropFirst()).filter { !$0.hasPrefix("#") }
        return rest.contains { !$0.isEmpty } && rest.allSatisfy { $0.allSatisfy { $0.isWholeNumber || $0.isWhitespace } }
    }

    /// Six lines of one number each, as a picture's place on a map is written.
    private static func numbers(_ head: Head) -> String? {
        let lines = head.filled
        return !head.isCut && lines.count == 6 && lines.allSatisfy { areNumbers($0, 1...1) } ? "a world file" : nil
    }

    private static func areNumbers(_ text: Substring, _ count: ClosedRange<Int>) -> Bool {
        let parts = text.split { $0.isWhitespace }
        return count.contains(parts.count) && parts.allSatisfy { part in
            Double(part.replacing(",", with: ".")) != nil && part.allSatisfy { "+-.,0123456789eE".contains($0) }
        }
    }

    /// Nothing but an address or a few.
    private static func address(_ head: Head) -> String? {
        let lines = head.filled
        guard !head.isCut, lines.allSatisfy({ isAddress($0.hasPrefix("<") && $0.hasSuffix(">") ? $0.dropFirst().dropLast() : $0) }) else { return nil }
        return lines.count == 1 ? "a web address" : "a list of web addresses"
    }

    private static func isAddress(_ line: Substring) -> Bool {
        guard let end = line.firstRange(of: "://"), !line.contains(where: \.isWhitespace), line[end.upperBound...].count > 1 else { return false }
        return ["http", "https", "ftp", "sftp", "file", "smb", "s3"].contains(line[..<end.lowerBound].lowercased())
    }

    /// What a BagIt bag says of itself: labels with values.
    private static func bag(_ head: Head) -> String? {
        let lines = head.lines.filter { !$0.isEmpty }
        if let first = lines.first, first.hasPrefix("BagIt-Version:"), lines.count <= 4 { return "a BagIt declaration" }
        let labels: Set<String> = ["payload-oxum", "bagging-date", "bag-size", "bag-software-agent", "bag-group-identifier", "bag-count", "bagit-profile-identifier", "external-identifier"]
        let found = lines.filter { labels.contains($0.prefix { $0 != ":" }.lowercased()) }
        if found.count >= 2 || found.contains(where: { $0.lowercased().hasPrefix("payload-oxum:") }) { return "the description of a BagIt bag" }
        let fetched = lines.count { line in
            let parts = line.split { $0.isWhitespace }
            return parts.count >= 3 && isAddress(parts[0]) && (parts[1] == "-" || parts[1].allSatisfy(\.isWholeNumber))
        }
        return fetched > 0 && fetched == lines.count ? "a list of files to fetch" : nil
    }
}
