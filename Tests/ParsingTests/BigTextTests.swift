import Testing

@testable import Parsing

/// The short ways that big texts take say the same as the long ones.
@Suite("Big texts")
struct BigTextTests {
    @Test("a line without a mark by its beginning has none by Unicode's tables either")
    func plainBeginnings() {
        let beginnings = [
            "The", "I", "IV", "x", "xi", "a", "Step", "STEP", "steps", "Schritt", "Paso", "Krok", "Adım", "Étape", "E\u{301}tape", "Warning",
            "NOTE", "Note", "note", "danger", "CAUTION", "Chapter", "SECTION", "Section", "Notes", "e\u{301}", "ア", "カ\u{3099}", "ガ", "ス", "ステップ", "の",
            "ン", "油", "警告", "注意", "危険", "危险", "小心", "手順", "工程", "作業", "步骤", "第", "第一步", "一", "十", "百", "万", "三单", "百단계", "단계", "경고",
            "１", "Ａ", "ｂ", "ｱ", "ﾎﾟ", "（", "・", "①", "々", "\u{F9D1}", "K", "\u{212A}rok", "제", "",
            "가", "각", "겨\u{11BC}고", "주의", "위험", "단", "단\u{11A8}", "펌프", "하", "이",
        ]
        let followings = ["", " ", ".", ". ", ") ", "、", "．", "）", ":", "： ", "1", " 3", " ３", "章 点検", "단계", "a", "\u{301}", "\u{20E3}", " that", "!", "-"]
        for beginning in beginnings {
            for following in followings {
                let line = Array((beginning + following).unicodeScalars)
                guard !PlainBeginning.mayMark(line) else { continue }
                #expect(Numbering(line) == nil, "\(beginning + following)")
                #expect(!LineMark.isWarning(line), "\(beginning + following)")
            }
        }
    }

    @Test("most lines of running text need no more than their beginning")
    func runningText() {
        for line in ["The pump is old.", "Install it", "i.e. nothing", "Notes on pumps", "油圧ポンプ", "フィルタを外す", "ここで", "Ein Ventil", "펌프를 점검한다", "이 밸브"] {
            #expect(!PlainBeginning.mayMark(Array(line.unicodeScalars)) || line.hasPrefix("i."), "\(line)")
        }
    }

    @Test("lines end with LF, CR LF or CR, as by characters", arguments: [
        "", "\n", "\r", "\r\n", "a", "a\n", "a\r\nb\rc\n\nd", "\r\r\n\n", "a\n\u{301}b", "e\u{301}\r\n", "a\u{85}b\u{2028}c", "家\r\n👩‍👩‍👧\r",
    ])
    func lines(of text: String) {
        #expect(Array(text.lines) == text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" })
    }

    @Test("a rule is three signs or more and nothing else")
    func rules() {
        for rule in ["---", " = = = ", "━━━━", "＝\u{3000}＝＝", "~#+|"] { #expect(LineMark.isRule(rule), "\(rule)") }
        for line in ["--", "---a", "", "   ", "の---", "--- 1"] { #expect(!LineMark.isRule(line), "\(line)") }
    }
}
