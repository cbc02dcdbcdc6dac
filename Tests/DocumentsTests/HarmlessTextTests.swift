import Testing

@testable import Documents

@Suite("Text that a terminal is shown")
struct HarmlessTextTests {
    @Test(
        "What steers terminals is written out",
        arguments: [
            ("\u{1B}]0;title\u{7}", #"\u{1B}]0;title\u{7}"#), ("a\nb\rc\td", #"a\u{A}b\u{D}c\u{9}d"#), ("\0\u{1F}\u{7F}", #"\u{0}\u{1F}\u{7F}"#),
            ("\u{80}\u{9B}31m\u{9F}", #"\u{80}\u{9B}31m\u{9F}"#), ("\u{61C}\u{200E}\u{200F}", #"\u{61C}\u{200E}\u{200F}"#),
            ("\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}", #"\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}"#),
            ("\u{2066}\u{2067}\u{2068}\u{2069}", #"\u{2066}\u{2067}\u{2068}\u{2069}"#), ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
            ("\u{E0001}\u{E007F}", #"\u{E0001}\u{E007F}"#), ("a\r\nb", #"a\u{D}\u{A}b"#),
        ])
    func steering(_ text: String, _ shown: String) { #expect(text.harmless == shown) }

    @Test("Words are left as they are", arguments: ["", "Pumpe", "ポンプの分解整備", "éé", "‌👩‍🔧", "\u{A0}~ ", "שלום"])
    func words(_ text: String) { #expect(Array(text.harmless.utf8) == Array(text.utf8)) }
}
