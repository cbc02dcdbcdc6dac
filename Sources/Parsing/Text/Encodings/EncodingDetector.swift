import Documents
import Glibc

/// Tells in which encoding a text without a mark or a declaration is written, by how well each fits a language.
///
/// Every candidate that decodes the text strictly gets the likelihood of its bytes under a simple model of its languages: frequencies of
/// characters for those written with ideographs or syllables, of pairs of letters for alphabets. As all models tell the likelihood of
/// the same bytes, they compare across encodings; more text makes the answer surer.
enum EncodingDetector {
    /// How well each candidate fits one text.
    struct Scores {
        fileprivate var bytes: [UInt8]
        fileprivate var sample: ArraySlice<UInt8>
        /// Best first, costs in half bits with what is known before the text is seen.
        fileprivate var entries: [(candidate: EncodingCandidate, cost: Int, damage: Int?)] = []
        fileprivate var noise: Int
    }

    /// Scores the first 64 KiB: the whole text may still turn out not to decode.
    static func score(_ bytes: [UInt8]) -> Scores {
        let sample = sample(of: bytes)
        var scores = Scores(bytes: bytes, sample: sample, noise: SingleByteModel.noiseCost(sample) + noisePrior)
        for candidate in EncodingCandidate.all {
            if let (cost, damage) = candidate.cost(sample) { scores.entries.append((candidate, cost + candidate.prior, damage)) }
        }
        scores.entries.sort { $0.cost < $1.cost }
        return scores
    }

    static func rank(_ bytes: [UInt8]) -> [EncodingGuess] { score(bytes).ranked }

    static let noisePrior = 12
    private static let sampleSize = 64 << 10

    /// The beginning of the text, up to a byte that no encoding has inside a character.
    private static func sample(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard bytes.count > sampleSize else { return bytes[...] }
        let start = bytes[..<sampleSize]
        return start.lastIndex { $0 < 0x30 }.map { bytes[...$0] } ?? start
    }

    /// The bytes beside ASCII with what they may mean together: a few before and behind them.
    static func withoutPlainWords(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var kept: [UInt8] = []
        var end = bytes.startIndex
        for at in bytes.indices where bytes[at] >= 0x80 {
            let start = max(bytes.startIndex, at - context)
            if start > end { kept.append(UInt8(ascii: " ")) }
            kept += bytes[max(start, end)..<max(end, min(bytes.endIndex, at + context + 1))]
            end = max(end, min(bytes.endIndex, at + context + 1))
        }
        return kept[...]
    }

    private static let context = 3

    /// Neighbouring characters depend on each other, so that the models overstate a difference; half of it is about right.
    static func weight(_ halfBits: Int) -> Double { exp2(-Double(halfBits) / 2 * 0.5) }
}

extension EncodingDetector.Scores {
    /// The candidates that fit the text, best first, also those in which it seems damaged; their confidences add up to at most 1, what is missing
    /// says that none may be right.
    var ranked: [EncodingGuess] {
        guard let best = entries.first else { return [] }
        let floor = min(best.cost, noise)
        let weights = entries.map { EncodingDetector.weight($0.cost - floor) }
        let total = weights.reduce(EncodingDetector.weight(noise - floor), +)
        var guesses: [EncodingGuess] = []
        var texts: [[UInt16]?] = []
        for (entry, weight) in zip(entries, weights) where weight / total >= 0.001 {
            let text = text(entry.candidate, entry.damage)
            if let text, let same = texts.firstIndex(of: text) {
                // Two encodings that give one text do not compete.
                guesses[same].confidence += weight / total
            } else {
                texts.append(text)
                guesses.append(EncodingGuess(encoding: entry.candidate.name(for: bytes), confidence: weight / total, damage: entry.damage))
            }
        }
        return guesses.sorted { $0.confidence > $1.confidence }
    }

    /// What the text says to those who decide over its folder. Words of ASCII say nothing there: texts in English lie in any folder.
    /// `own`: what the text is read in by itself. `nil` where that is UTF-16: pairs of bytes lie at even places only in all of the text.
    func evidence(own: EncodingGuess?) -> EncodingEvidence? {
        guard own.map({ !$0.encoding.hasPrefix("UTF-16") }) ?? true else { return nil }
        let entries = entries.filter { $0.damage == nil && !$0.candidate.converter.hasPrefix("UTF-16") }
        let marked = EncodingDetector.withoutPlainWords(sample)
        let noise = SingleByteModel.noiseCost(marked)
        let costs = entries.map { $0.candidate.cost(marked)?.halfBits }
        let floor = min(costs.compactMap(\.self).min() ?? noise, noise)
        var texts: [[UInt16]?] = []
        var evidence = EncodingEvidence(candidates: [], noise: noise - floor)
        for (entry, cost) in zip(entries, costs) {
            guard let cost, cost - floor < Self.highestCost else { continue }
            let text = text(entry.candidate, nil)
            let number = texts.firstIndex(of: text) ?? texts.count
            if number == texts.count { texts.append(text) }
            evidence.candidates.append(.init(encoding: entry.candidate.converter, cost: cost - floor, text: number))
            if let own, entry.candidate.name(for: bytes) == own.encoding { evidence.own = EncodingHint(encoding: entry.candidate.converter, confidence: own.confidence) }
        }
        if let own, own.encoding == "UTF-8" {
            let cost = String(decoding: sample, as: UTF8.self).unicodeScalars.count { !$0.isASCII } * Self.costOfUTF8
            evidence.candidates.append(.init(encoding: own.encoding, cost: max(0, cost - floor), text: texts.count))
            evidence.own = EncodingHint(encoding: own.encoding, confidence: own.confidence)
        }
        return evidence
    }

    /// Of a character that no language tells anything about.
    private static let costOfUTF8 = 20

    /// From here on nothing could turn the decision.
    private static let highestCost = 120

    private func text(_ candidate: EncodingCandidate, _ damage: Int?) -> [UInt16]? {
        damage == nil ? try? StrictDecoding.units(candidate.converter, sample) : nil
    }
}
