@testable import Recognising
import Documents
import Testing

@Suite("Text and pages")
struct TextTests {
    @Test(
        "Spaces between Japanese characters go, others stay",
        arguments: [
            ("電 源 を 切 る 。\n", "電源を切る。"), ("弁 V-12 を 閉じる", "弁 V-12 を閉じる"), ("  Drain  the\tpump\n", "Drain the pump"),
            ("トルク 45 N ・ m", "トルク 45 N ・ m"), ("２ 本 と も", "２本とも"), ("ｶﾞ ｽ 弁", "ｶﾞｽ弁"), ("一 二", "一二"),
        ])
    func spaces(raw: String, cleaned: String) { #expect(LineText.cleaned(raw) == cleaned) }

    @Test("A line without letter or digit is none", arguments: ["", " \n", "— | _", "。、・", "...", "⏤⏤"])
    func marks(raw: String) { #expect(LineText.cleaned(raw) == nil) }

    @Test("Pages are like text, what has no paper or no marks is not")
    func likeness() throws {
        for name in ["english.png", "japanese.png", "vertical.png"] { #expect(TextLikeness(of: try page(name)).isTextLike, "\(name)") }
        #expect(!TextLikeness(of: blank(width: 480, height: 360)).isTextLike)
        #expect(!TextLikeness(of: blank(width: 480, height: 360, value: 0)).isTextLike)
        #expect(!TextLikeness(of: noise(width: 480, height: 360, seed: 1)).isTextLike)
        for side in [1, 7, 8, 23, 24, 25] {
            #expect(!TextLikeness(of: noise(width: side, height: 480, seed: 2)).isTextLike)
            #expect(!TextLikeness(of: noise(width: 480, height: side, seed: 3)).isTextLike)
        }
    }

    @Test("A strongly coloured ground is not paper")
    func coloured() throws {
        var red = try page("english.png")
        for i in stride(from: 0, to: red.pixels.count, by: 3) {
            red.pixels[i + 1] /= 2
            red.pixels[i + 2] /= 2
        }
        #expect(!TextLikeness(of: red).isTextLike)
    }

    @Test("A page is read at 200 dots per inch, and as it is where its file does not know")
    func scale() {
        #expect(PageScale.longestSide(width: 2_480, height: 3_508, storedDotsPerInch: 300) == 2_338)
        #expect(PageScale.longestSide(width: 2_480, height: 3_508, storedDotsPerInch: 72) == 3_508)
        #expect(PageScale.longestSide(width: 850, height: 1_200, storedDotsPerInch: 100) == 1_200)
        #expect(PageScale.longestSide(width: 850, height: 1_200, storedDotsPerInch: nil) == 1_200)
        #expect(PageScale.longestSide(width: 20_000, height: 14_000, storedDotsPerInch: 200) == 5_000)
        #expect(PageScale.longestSide(width: 1, height: 1, storedDotsPerInch: .max) == 1)
    }
}
