import Documents
import Testing

@Suite("Numbers at the beginning of lines")
struct NumberingTests {
    private func kinds(_ text: String) throws -> [Fragment.Kind] { try sheet("題\n\n" + text).fragments.dropFirst().map(\.kind) }

    @Test(
        "Steps are numbered in many ways",
        arguments: [
            "1. 開ける", "1) Open", "(1) 開ける", "（１）開ける", "１．開ける", "12、開ける", "① 開ける", "⑴ 開ける", "❷ 開ける", "㈠ 打开", "手順1 開ける", "手順 2: 開ける",
            "Step 3 Open", "STEP 4", "A. Remove the cover", "a) Remove", "(b) Remove", "イ．開ける", "ア) 開ける", "（ア）開ける", "一、打开", "二．開ける", "（三）打开",
            "Ⅳ. 開ける", "IV. Remove", "ii) Remove", "第一步：打开", "第2步 打开", "步骤1 打开", "步驟 2：打開", "1단계 연다", "제2단계 연다", "가. 연다", "Schritt 2: Öffnen",
            "Étape 1 : ouvrir", "Шаг 3. Открыть", "1.2 Open the cover and drain the tank.", "2.3.1 カバーを外して、油を抜く。",
        ])
    func steps(line: String) throws { #expect(try kinds(line) == [.step]) }

    @Test(
        "Quantities, dates, times, addresses and prices are not steps",
        arguments: [
            "1.5 mm 以下", "1.5mm 以下", "0.5 以上", "2024.1.5 入荷", "2024. 1. 5 入荷", "24.12.2023 geliefert", "24. 12. 2023 geliefert", "3. Mai 1962",
            "10:30 集合", "192.168.0.1 server", "1.50 EUR", "3.5 kg の箱", "2.5 倍に拡大", "1.20 円", "12.5 秒間待つ", "2.5 分以内", "a.m. only", "e.g. this", "M8 ボルト",
            "第3章を参照", "第3章の図", "100 個", "1/2 カップ", "A 型", "イ 型", "一 開ける", "(注) 開ける", "1,000 円", "3.14", "v1.2 Words", "제1장에서 본 것",
        ])
    func prose(line: String) throws { #expect(try kinds(line) == [.paragraph]) }

    @Test(
        "Numbered headings are titles of sections",
        arguments: [
            "第1章 総則", "第一節　点検", "第３章", "第2节 维护", "제1장 개요", "제 2 절 점검", "1.2 概要", "1.2.3 Removal of the pump", "2.1. Scope",
            "Chapter 2 Care", "1.2 分解手順", "1.1 本体", "2.3 回路図",
        ])
    func headings(line: String) throws {
        #expect(try kinds(line + "\n本文はここから始まる。") == [.title, .paragraph])
        #expect(try kinds("前の段落。\n\n" + line + "\n\n1. 開ける") == [.paragraph, .title, .step])
    }

    @Test("Warnings in Chinese and Korean are warnings", arguments: ["危险！高压", "小心烫手", "경고: 뜨거움", "주의 사항"])
    func warnings(line: String) throws { #expect(try kinds(line) == [.warning]) }

    @Test("A run of lines numbered alike is a list, not a run of headings")
    func runs() throws {
        #expect(try kinds("1.1 電源を切る\n1.2 カバーを外す\n1.3 油を抜く") == [.step, .step, .step])
        #expect(try kinds("第2章 分解\n2.1 準備\n電源を切る。\n2.2 取外し\n① ボルト\n② カバー") == [.title, .title, .paragraph, .title, .step, .step])
    }
}
