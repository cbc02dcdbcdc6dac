/// E-mail and web pages saved as such: header lines, of which some no person writes.
enum MailFormat {
    static func name(of head: TextFormat.Head) -> String? {
        // Mailboxes put a line of their own before each letter.
        let isBox = head.lines.first?.hasPrefix("From ") ?? false
        let headers = fields(head.lines.dropFirst(isBox ? 1 : 0))
        guard headers.count >= 2 else { return nil }
        let names = Set(headers.map(\.name))
        // A memo has a sender, a date and a subject too, but no transport.
        var transport = names.intersection(["return-path", "received", "message-id", "mime-version", "delivered-to", "x-mailer", "content-transfer-encoding", "dkim-signature"])
        // A delivery note has a line "Received: 3 May"; a server says from whom, or which one.
        let isCarried = headers.contains { $0.name == "received" && { $0.contains(" from ") || $0.contains(" by ") }(" \($0.value) ") }
        if transport == ["received"], !isCarried { transport = [] }
        let type = headers.first { $0.name == "content-type" }?.value.lowercased() ?? ""
        guard !transport.isEmpty || type.hasPrefix("multipart/") || type.hasPrefix("text/") && names.contains("from") else { return nil }
        guard !names.isDisjoint(with: ["from", "to", "subject", "date", "content-type", "received", "message-id"]) else { return nil }
        if type.hasPrefix("multipart/related"), names.contains("snapshot-content-location") || headers.contains(where: isSavedPage) { return "a saved web page (MHTML)" }
        return "an e-mail"
    }

    private static func isSavedPage(_ header: (name: String, value: Substring)) -> Bool {
        let value = header.value.lowercased()
        return switch header.name {
        case "from": value.hasPrefix("<saved by ") || value.hasPrefix("\"saved by ") || value.hasPrefix("saved by ")
        case "content-type": value.contains("type=\"text/html\"") || value.contains("type=text/html")
        case "x-maf-version", "x-maf-information": true
        default: false
        }
    }

    /// The fields before the first blank line; none where a line there is no field. (A line that goes on was indented.)
    private static func fields(_ lines: ArraySlice<Substring>) -> [(name: String, value: Substring)] {
        var fields: [(name: String, value: Substring)] = []
        for line in lines.prefix(200) {
            if line.isEmpty { break }
            let name = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
            if !name.isEmpty, line.dropFirst(name.count).first == ":" {
                fields.append((name.lowercased(), line.dropFirst(name.count + 1).drop { $0 == " " || $0 == "\t" }))
            } else if let last = fields.indices.last {
                // What continues the type or the way is needed: it may stand on a line of its own.
                if ["content-type", "received"].contains(fields[last].name) { fields[last].value = Substring("\(fields[last].value) \(line)") }
            } else {
                return []
            }
        }
        return fields
    }
}
