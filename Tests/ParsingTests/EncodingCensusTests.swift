import Documents
import Testing

@testable import Parsing

@Suite("One folder, one encoding")
struct EncodingCensusTests {
    private struct Sample {
        var folder: String
        var text: String
        var bytes: [UInt8]
    }

    private static let words = [
        "GB18030": "零件 清单 轴承 螺钉 安装 说明 电机 更换 检查 阀门 压力 单位 数量 备注 图纸 型号", "windows-31j": "部品 一覧 軸受 ねじ 取付 説明 モーター 交換 点検 バルブ 圧力 単位 数量 備考 図面",
        "Big5": "零件 清單 軸承 螺絲 安裝 說明 馬達 更換 檢查 閥門 壓力 單位 數量 備註 圖紙", "windows-1252": "Stückliste Größe für Öl Gehäuse prüfen Zubehör wählen größer Rücklauf",
    ].mapValues { $0.split(separator: " ").map(String.init) }
    private static let signs = ["GB18030": "…×。—“”℃", "windows-31j": "…×。・℃「」", "Big5": "…×。℃「」", "windows-1252": "…×°±µ–“”"]
    private static let plain = "part list,see page 4,bolt M8x20,readme,rev. B,item 12,qty 4,note,size 12 mm,Pump P-101,motor 0.75 kW".split(separator: ",").map(String.init)

    /// Short texts by the hundred, half of them ASCII with one or two signs.
    private static let samples: [Sample] = {
        var state: UInt64 = 7
        func pick<Values: Collection>(_ values: Values) -> Values.Element {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return values[values.index(values.startIndex, offsetBy: Int(state >> 33) % values.count)]
        }
        return (0..<480).compactMap { number in
            let encoding = ["GB18030", "windows-31j", "Big5", "windows-1252"][number % 4]
            let text: String
            if pick(0..<2) == 0 {
                let sign = pick(signs[encoding] ?? "")
                text = "\(pick(plain)) \(pick(plain))\(sign)\(pick([" ", "", "7"]))\(pick(plain))"
            } else {
                let words = words[encoding] ?? []
                text = (0...pick(0..<4)).map { _ in "\(pick(words))\(pick(words))_\(pick(1..<99)).jpg" }.joined(separator: "\n")
            }
            return TextEncoder.encode(text, in: encoding).map { Sample(folder: "1/\(encoding)/\(number / 4 % 5)", text: text, bytes: $0) }
        }
    }()

    private func read(_ bytes: [UInt8], _ hint: EncodingHint? = nil) -> (text: DecodedText?, evidence: EncodingEvidence?) {
        var evidence: EncodingEvidence?
        let text = try? TextDecoder.decode(bytes, encoding: nil, hint: hint, &evidence)
        return (text, evidence)
    }

    /// What is decided over the samples, which come in this order; nothing for those that need no decision.
    private func decide(_ samples: [Sample]) -> [EncodingCensus.Decision?] {
        var census = EncodingCensus()
        let evidence = samples.map { read($0.bytes).evidence }
        for (sample, evidence) in zip(samples, evidence) {
            if let evidence { census.add(evidence, folder: Array(sample.folder.utf8)) }
        }
        var decisions = census.decisions()[...]
        return evidence.map { $0.flatMap { _ in decisions.popFirst() } }
    }

    @Test("Of short texts in the encodings of their folders 98 of 100 are read right, and none wrong that seemed sure")
    func folders() throws {
        let samples = Self.samples
        #expect(samples.count > 450)
        let alone = samples.count { read($0.bytes).text?.text == $0.text }
        var right = 0
        for (sample, decision) in zip(samples, decide(samples)) {
            let text = read(sample.bytes, decision?.hint).text
            if text?.text == sample.text { right += 1 } else { #expect(decision?.confidence ?? 1 < 0.9, "\(sample.text)") }
        }
        #expect(right * 100 >= samples.count * 98, "\(right)")
        #expect(alone * 100 < samples.count * 85, "\(alone) of \(samples.count) are right alone: then these are no hard ones")
    }

    @Test("Diameters in English texts are no Arabic letters, and lone letters with accents no Cyrillic ones")
    func diameters() throws {
        let texts = ["Pipe Ø 25 mm, length 300", "Shaft Ø 8 mm", "Bore Ø12 H7, see drawing", "Hole ø 4", "Ø6 pin for flange"]
        for count in 2...texts.count {
            let samples = try texts.prefix(count).map { Sample(folder: "1", text: $0, bytes: try #require(TextEncoder.encode($0, in: "windows-1252"))) }
            for (sample, decision) in zip(samples, decide(samples)) {
                let text = read(sample.bytes, decision?.hint).text
                #expect(text?.text == sample.text, "\(text?.encoding ?? "")")
                // None of them says so clearly.
                #expect(decision?.confidence ?? 1 < 0.9)
            }
        }
        for text in ["accents in ISO-8859-1: À Á é è", "bad: ÿ"] {
            let bytes = try #require(TextEncoder.encode(text, in: "windows-1252"))
            let samples = [" 1", " 2", " 3"].map { Sample(folder: "1", text: text + $0, bytes: bytes + Array($0.utf8)) }
            for (sample, decision) in zip(samples, decide(samples)) {
                let read = read(sample.bytes, decision?.hint).text?.text
                #expect(read == nil || read == sample.text)
            }
        }
        // Where the others are Russian, one letter is.
        let russian = ["Проверка насоса", "Клапан 5", "Шайба Ш 25"].map { Sample(folder: "1", text: $0, bytes: TextEncoder.encode($0, in: "windows-1251") ?? []) }
        for (sample, decision) in zip(russian, decide(russian)) { #expect(read(sample.bytes, decision?.hint).text?.text == sample.text) }
    }

    @Test("Weak texts make each other sure where they are many and different, or one of them is clear")
    func witnesses() throws {
        func confidences(_ texts: [String]) throws -> [Double] {
            decide(try texts.map { Sample(folder: "1", text: $0, bytes: try #require(TextEncoder.encode($0, in: "windows-1252"))) }).map { $0?.confidence ?? 0 }
        }
        let weak = (1...12).map { "Shaft Ø 8 mm, item \($0)" }
        #expect(try confidences(weak).allSatisfy { $0 < 0.9 })
        #expect(try confidences(weak + ["Das Gehäuse der Ölpumpe vor dem Öffnen prüfen."]).allSatisfy { $0 > 0.9 })
        let different = ["pipe", "shaft", "Café", "ring", "bolt", "tube", "clé", "seal", "drum", "hub", "rotor", "gearbox", "key"].enumerated().map { "\($1) Ø\($0 % 2 == 0 ? " " : "")\($0 + 4) mm" }
        #expect(try confidences(different).allSatisfy { $0 > 0.9 })
    }

    @Test("Folders of Unix, DOS and the Macintosh are read", arguments: ["KOI8-R", "IBM866", "ISO-8859-5", "ISO-8859-2", "macintosh", "IBM850"])
    func rareEncodings(encoding: String) throws {
        let language = ["KOI8-R": "ru", "IBM866": "ru", "ISO-8859-5": "ru", "ISO-8859-2": "pl"][encoding] ?? "de"
        let table = String(decoding: try fixture("encoded-texts-europe.tsv"), as: UTF8.self)
        let texts = EncodedText.all(in: table, encodings: [language: [encoding]]).filter { $0.bytes.contains { $0 >= 0x80 } }
        #expect(texts.count > 10)
        let samples = texts.map { Sample(folder: "1", text: $0.text, bytes: $0.bytes) }
        var right = 0
        for (sample, decision) in zip(samples, decide(samples)) {
            if read(sample.bytes, decision?.hint).text?.text == sample.text { right += 1 } else { #expect(decision?.confidence ?? 0 < 0.9, "\(sample.text)") }
        }
        #expect(right * 100 >= samples.count * 98, "\(right) of \(samples.count)")
    }

    @Test("English with a sign is read as the Russian texts beside it are", arguments: ["windows-1251", "IBM866"])
    func signsBesideRussian(encoding: String) throws {
        let table = String(decoding: try fixture("encoded-texts-europe.tsv"), as: UTF8.self)
        let known = EncodedText.all(in: table, encodings: ["ru": [encoding], "de": [encoding == "IBM866" ? "IBM850" : "windows-1252"]])
        var samples = known.map { Sample(folder: $0.encoding == encoding ? "1/ru" : "1/de", text: $0.text, bytes: $0.bytes) }
        let start = samples.count
        for (number, word) in Self.plain.enumerated() {
            for text in ["\(word) № \(number)", "\(word)№", "\(word)№, \(Self.plain[number / 2])"] {
                samples.append(Sample(folder: "1/ru", text: text, bytes: try #require(TextEncoder.encode(text, in: encoding))))
            }
        }
        let decided = Array(zip(samples, decide(samples)))
        for (sample, decision) in decided[start...] {
            let text = read(sample.bytes, decision?.hint).text
            #expect(text?.text == sample.text, "\(text?.encoding ?? "")")
        }
    }

    @Test("Capitals with an accent are no signs of the Macintosh, which no text of the folder is in")
    func capitals() throws {
        let samples = ["ÉCROU 12", "À VISSER", "PIÈCE 5", "CLÉ 10"].map { Sample(folder: "1", text: $0, bytes: TextEncoder.encode($0, in: "windows-1252") ?? []) }
        for (sample, decision) in zip(samples, decide(samples)) {
            #expect(read(sample.bytes, decision?.hint).text?.text == sample.text)
            #expect((0.4..<0.9).contains(decision?.confidence ?? 0))
        }
    }

    @Test("A text in another encoding than its folder keeps it where it says so clearly")
    func stranger() throws {
        let text = "この装置の取扱説明書をよく読んでから、安全に使用してください。"
        let bytes = try #require(TextEncoder.encode(text, in: "windows-31j"))
        let samples = Self.samples.filter { $0.folder.hasPrefix("1/GB18030") } + [Sample(folder: "1/GB18030/0", text: text, bytes: bytes)]
        #expect(decide(samples).last??.hint == nil)
        #expect(decide(samples).last??.confidence ?? 0 > 0.9)
    }

    @Test("A text that has no others beside it is decided as before, and weak texts do not make each other sure")
    func few() throws {
        for sample in Self.samples.prefix(80) {
            let decision = decide([sample])[0]
            if read(sample.bytes).text != nil { #expect(decision?.hint == nil, "\(sample.text)") }
        }
        let ellipsis = try #require(TextEncoder.encode("note…", in: "GB18030"))
        let weak = (0..<3).map { Sample(folder: "1", text: "", bytes: ellipsis + Array(" \($0)".utf8)) }
        #expect(decide(weak).allSatisfy { $0?.confidence ?? 0 < 0.9 })
    }

    @Test("Two ideographs that are UTF-8 by chance are read like their folder; UTF-8 itself stays what it is")
    func chance() throws {
        let bytes = try #require(TextEncoder.encode("4\t图纸\t995", in: "GB18030"))
        #expect(read(bytes).text?.encoding == "UTF-8")
        #expect(read(bytes).text?.confidence ?? 1 < 0.9)
        let samples = Self.samples.filter { $0.folder.hasPrefix("1/GB18030") } + [Sample(folder: "1/GB18030/0", text: "", bytes: bytes)]
        #expect(decide(samples).last??.hint?.encoding == "GB18030")
        for text in ["図面…", "Größe 5 µm", "Ωμέγα", "Привет", "5 Ω", "pièce №"] {
            #expect(read(Array(text.utf8)).evidence == nil, "\(text)")
        }
    }

    @Test("A hint in which the bytes mean nothing, or that names nothing, changes nothing")
    func hints() throws {
        let bytes = try #require(TextEncoder.encode("Das Gehäuse prüfen", in: "windows-1252"))
        let alone = read(bytes).text
        #expect(alone?.encoding == "ISO-8859-1")
        for name in ["EUC-JP", "nothing"] { #expect(read(bytes, EncodingHint(encoding: name, confidence: 1)).text == alone) }
        #expect(read(Array("ASCII".utf8), EncodingHint(encoding: "Big5", confidence: 0.5)).text?.encoding == "UTF-8")
    }

    @Test("Evidence is written and read without a loss")
    func description() throws {
        for sample in Self.samples {
            guard let evidence = read(sample.bytes).evidence else { continue }
            #expect(EncodingEvidence(evidence.description) == evidence)
        }
        #expect(EncodingEvidence("") == nil)
        #expect(EncodingEvidence("x -") == nil)
        #expect(EncodingEvidence("1 - Big5:2") == nil)
    }
}
