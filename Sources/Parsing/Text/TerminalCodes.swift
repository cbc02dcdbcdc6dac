/// Commands to terminals in texts that programs wrote for these: `ESC [1m` begins bold letters. They are no words.
enum TerminalCodes {
    /// The text without control sequences (ECMA-48, 5.4), as which nothing else is written. Cost: linear.
    static func without(_ text: String) -> String {
        guard text.utf8.contains(0x1B) else { return text }
        var kept: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if byte == 0x1B, rest.dropFirst().first == UInt8(ascii: "[") {
                let behind = rest.dropFirst(2).drop { (0x20...0x3F).contains($0) }
                if let last = behind.first, (0x40...0x7E).contains(last) {
                    rest = behind.dropFirst()
                    continue
                }
            }
            kept.append(byte)
            rest = rest.dropFirst()
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
