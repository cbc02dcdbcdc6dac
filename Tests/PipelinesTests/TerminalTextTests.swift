import Testing

@testable import Pipelines

@Suite("Lines for a terminal")
struct TerminalTextTests {
    @Test("Line ends of the program's own stay, and what is put in begins no line and steers nothing")
    func interpolation() {
        let (name, number) = ("a\n\u{1B}[2J\u{202E}b", 3)
        let text: TerminalText = "file \(name)\npage \(number)"
        #expect(text.text == #"file a\u{A}\u{1B}[2J\u{202E}b"# + "\npage 3")
    }

    @Test("Text of several lines keeps them, and steers nothing")
    func lines() {
        let text: TerminalText = "\(lines: "one\ntwo\u{9B}\n\u{2029}\r\n")"
        #expect(text.text == "one\n" + #"two\u{9B}"# + "\n" + #"\u{2029}\u{D}"# + "\n")
    }
}
