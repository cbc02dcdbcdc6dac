extension String {
    /// Lines as editors count them: LF, CR LF or CR end one. Found among the bytes, for no character goes on across a line's end.
    var lines: [Substring] {
        var text = self
        text.makeContiguousUTF8()
        return Self.lines(of: text)
    }

    private static func lines(of text: String) -> [Substring] {
        func index(_ offset: Int) -> Index { text.utf8.index(text.startIndex, offsetBy: offset) }
        // Contiguous text always has storage.
        let found: [Substring]? = text.utf8.withContiguousStorageIfAvailable { bytes in
            var lines: [Substring] = []
            var start = 0
            var at = 0
            while at < bytes.count {
                let byte = bytes[at]
                guard byte == 0x0A || byte == 0x0D else {
                    at += 1
                    continue
                }
                lines.append(text[index(start)..<index(at)])
                at += byte == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A ? 2 : 1
                start = at
            }
            lines.append(text[index(start)...])
            return lines
        }
        guard let found else { preconditionFailure("contiguous text has storage") }
        return found
    }
}
