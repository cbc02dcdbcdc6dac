import Documents
import Parsing

/// One input and how it is parsed.
struct FuzzCase {
    var bytes: [UInt8]
    var name: String
    var limits: ParsingLimits

    init(bytes: [UInt8], name: String, limits: ParsingLimits = ParsingLimits()) {
        self.bytes = bytes
        self.name = name
        self.limits = limits
    }

    /// Larger inputs only cost time.
    static let mostBytes = 1 << 20

    /// Makes case `number`. The first cases are the files of the corpus as they are.
    init(number: UInt64, seed: UInt64, decoder: Decoder, corpus: Corpus) {
        var dice = Dice(seed: seed, number: number)
        limits = ParsingLimits()
        name = dice.pick(decoder.names)
        if number < UInt64(corpus.files.count) {
            bytes = corpus.files[Int(number)]
            return
        }
        // A huge size in a header would take most of the time; one case in eight pays for it.
        if !dice.chance(1, in: 8) { limits.maxPixels = 4 << 20 }
        bytes = dice.pick(corpus.files)
        let rounds = dice.pick([1, 1, 1, 2, 2, 3, 5, 10])
        for _ in 0..<rounds {
            if dice.chance(3, in: 5) {
                decoder.mutate(&bytes, &dice)
            } else {
                ByteMutation.apply(to: &bytes, &dice, corpus)
            }
            if bytes.count > Self.mostBytes { bytes.removeLast(bytes.count - Self.mostBytes) }
        }
    }
}

extension Decoder {
    /// Changes the bytes where this format is sensitive.
    fileprivate func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        switch self {
        case .tiff: TIFFMutation.apply(to: &bytes, &dice)
        case .jpeg: JPEGMutation.apply(to: &bytes, &dice)
        case .png: PNGMutation.apply(to: &bytes, &dice)
        case .xml: XMLMutation.apply(to: &bytes, &dice)
        case .text: TextMutation.apply(to: &bytes, &dice)
        }
    }
}
