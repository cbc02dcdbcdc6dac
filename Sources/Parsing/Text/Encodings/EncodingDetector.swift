import Glibc

/// Tells in which encoding a text without a mark or a declaration is written, by how well each fits a language.
///
/// Every candidate that decodes the text strictly gets the likelihood of its bytes under a simple model of its languages: frequencies of
/// characters for those written with ideographs or syllables, of pairs of letters for alphabets. As all models tell the likelihood of
/// the same bytes, they compare across encodings; more text makes the answer surer.
enum EncodingDetector {
    /// The candidates that fit the text, best first, also those in which it seems damaged; their confidences add up to at most 1, what is missing
    /// says that none may be right.
    ///
    /// Only the first 64 KiB are scored: the whole text may still turn out not to decode.
    static func rank(_ bytes: [UInt8]) -> [EncodingGuess] {
        let sample = sample(of: bytes)
        var scored: [(candidate: EncodingCandidate, cost: Int, damage: Int?)] = []
        for candidate in EncodingCandidate.all {
            if let (cost, damage) = candidate.cost(sample) { scored.append((candidate, cost + candidate.prior, damage)) }
        }
        scored.sort { $0.cost < $1.cost }
        guard let best = scored.first else { return [] }
        let noise = SingleByteModel.noiseCost(sample) + noisePrior
        let floor = min(best.cost, noise)
        let weights = scored.map { weight($0.cost - floor) }
        let total = weights.reduce(weight(noise - floor), +)
        var guesses: [EncodingGuess] = []
        var texts: [[UInt16]?] = []
        for (entry, weight) in zip(scored, weights) where weight / total >= 0.001 {
            let text = entry.damage == nil ? try? StrictDecoding.units(entry.candidate.converter, sample) : nil
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

    private static let noisePrior = 12
    private static let sampleSize = 64 << 10

    /// The beginning of the text, up to a byte that no encoding has inside a character.
    private static func sample(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard bytes.count > sampleSize else { return bytes[...] }
        let start = bytes[..<sampleSize]
        return start.lastIndex { $0 < 0x30 }.map { bytes[...$0] } ?? start
    }

    /// Neighbouring characters depend on each other, so that the models overstate a difference; half of it is about right.
    private static func weight(_ halfBits: Int) -> Double { exp2(-Double(halfBits) / 2 * 0.5) }
}
