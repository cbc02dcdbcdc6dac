/// An encoding that texts without a declaration are tried in.
struct EncodingCandidate: Sendable {
    /// ICU's name, under which the text is decoded.
    let converter: String
    /// What nothing but the archive's kind says against it, in half bits: Japanese archives are the main users.
    let prior: Int
    private let model: Model

    private enum Model: Sendable {
        case ideographic([IdeographicModel])
        case singleByte([SingleByteModel])
    }

    static let all: [EncodingCandidate] = [
        .init("windows-31j", prior: 0, [japanese]),
        .init("EUC-JP", prior: 2, [japanese]),
        .init("GB18030", prior: 8, [simplifiedChinese]),
        .init("Big5", prior: 10, [traditionalChinese]),
        // The superset of EUC-KR that Windows writes.
        .init("windows-949", prior: 10, [korean]),
        // Without a mark and without one ASCII character; a zero byte would have told.
        .init("UTF-16LE", prior: 16, [japanese, simplifiedChinese, traditionalChinese, korean]),
        .init("UTF-16BE", prior: 16, [japanese, simplifiedChinese, traditionalChinese, korean]),
        .init("windows-1252", prior: 8, western),
        // English with signs lies beside Russian.
        .init("windows-1251", prior: 10, [.russian, .ukrainian, .english]),
        .init("windows-1250", prior: 12, centralEuropean),
        .init("windows-1253", prior: 14, [.greek]),
        .init("windows-1254", prior: 14, [.turkish]),
        .init("windows-1255", prior: 12, [.hebrew]),
        .init("windows-1256", prior: 16, [.arabic]),
        .init("windows-1257", prior: 16, [.lithuanian, .latvian]),
        .init("windows-1258", prior: 18, [.vietnamese]),
        // What Unix, DOS and the Macintosh wrote.
        .init("KOI8-R", prior: 16, [.russian, .english]),
        .init("IBM866", prior: 18, [.russian, .english]),
        .init("ISO-8859-5", prior: 20, [.russian, .english]),
        .init("ISO-8859-2", prior: 20, centralEuropean),
        .init("macintosh", prior: 24, western),
        .init("IBM850", prior: 24, western),
    ]

    private static let western: [LetterStatistics] = [.english, .german, .french, .spanish, .italian, .portuguese, .swedish, .danish, .finnish]
    private static let centralEuropean: [LetterStatistics] = [.polish, .czech, .hungarian, .croatian]

    private static let japanese = IdeographicModel(.japanese, common: rows("EUC-JP", 0xB0...0xCF))
    private static let simplifiedChinese = IdeographicModel(.simplifiedChinese, common: rows("GB18030", 0xB0...0xD7))
    private static let traditionalChinese = IdeographicModel(.traditionalChinese, common: rows("Big5", 0xA4...0xC6))
    private static let korean = IdeographicModel(.korean, common: rows("windows-949", 0xB0...0xC8))

    private init(_ converter: String, prior: Int, _ languages: [IdeographicModel]) {
        self.converter = converter
        self.prior = prior
        model = .ideographic(languages)
    }

    private init(_ converter: String, prior: Int, _ languages: [LetterStatistics]) {
        self.converter = converter
        self.prior = prior
        let decoded = (0...255).map { (try? StrictDecoding.named(converter, [UInt8($0)][...]))?.unicodeScalars.first }
        model = .singleByte(languages.map { SingleByteModel($0, decoded: decoded) })
    }

    var isUTF16: Bool { converter.hasPrefix("UTF-16") }

    /// What the sample costs in the language that fits it best, in half bits; the same with what `plain`, words of ASCII beside it, say
    /// for one of the languages; and the first byte that means nothing. `nil` when it is no text of the encoding.
    ///
    /// A text that decodes up to some byte may be damaged there or cut: the rest of it counts as noise. That it is so keeps other
    /// encodings, in which the bytes happen to mean something, from being believed.
    func cost(_ sample: ArraySlice<UInt8>, plain: ArraySlice<UInt8>) -> (halfBits: Int, withPlain: Int, damage: Int?)? {
        switch model {
        case .singleByte(let models):
            let english = SingleByteModel.noiseCost(plain)
            var best: (cost: Int, withPlain: Int)?
            for model in models {
                guard let cost = model.cost(sample) else { return nil }
                // English words lie in any text: they speak for no encoding, and against none.
                let help = max(-Self.mostHelp, min(0, (model.cost(plain) ?? english) - english))
                best = best.map { (min($0.cost, cost), min($0.withPlain, cost + help)) } ?? (cost, cost + help)
            }
            return best.map { ($0.cost, $0.withPlain, nil) }
        case .ideographic(let models):
            let (units, damage) = StrictDecoding.beginning(converter, sample)
            // Damaged in its first half, it would be little better than noise, and that competes by itself.
            if let damage, (damage - sample.startIndex) * 2 < sample.count { return nil }
            guard let cost = models.compactMap({ $0.cost(units) }).min() else { return nil }
            guard let damage else { return (cost, cost, nil) }
            let damaged = cost + Self.damagePrior + SingleByteModel.noiseCost(sample[damage...])
            return (damaged, damaged, damage)
        }
    }

    /// The first byte of the text that means nothing; `nil` where all of them mean something.
    func damage(of text: ArraySlice<UInt8>) -> Int? { StrictDecoding.beginning(converter, text).1 }

    /// What words of ASCII may say for a language, in half bits; more of them say the same again.
    private static let mostHelp = 24
    private static let damagePrior = 16

    /// The name of the smallest registered encoding that holds the text.
    func name(for bytes: [UInt8]) -> String {
        switch converter {
        case "windows-1252": bytes.contains { (0x80...0x9F).contains($0) } ? converter : "ISO-8859-1"
        case "windows-949": (try? StrictDecoding.named("EUC-KR", bytes[...])) == nil ? converter : "EUC-KR"
        default: converter
        }
    }

    /// The ideographs or syllables that the given lead bytes hold.
    private static func rows(_ encoding: String, _ leads: ClosedRange<UInt8>) -> [Unicode.Scalar] {
        leads.flatMap { lead -> [Unicode.Scalar] in
            // GB18030 and Windows' Korean keep their rarer characters below 0xA1.
            let codes = (UInt8(0x40)...0xFE).filter { $0 >= 0xA1 || encoding == "Big5" && $0 <= 0x7E }.map { [lead, $0] }
            // Most rows are full, and one call decodes them.
            let whole = try? StrictDecoding.named(encoding, Array(codes.joined())[...])
            let text = whole ?? codes.compactMap { try? StrictDecoding.named(encoding, $0[...]) }.joined()
            return text.unicodeScalars.filter { $0.properties.isAlphabetic }
        }
    }
}
