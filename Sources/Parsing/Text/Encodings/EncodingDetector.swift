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
        /// Best first; `cost` with what is known before the text is seen, `marked` for the bytes beside ASCII alone, both in half bits.
        fileprivate var entries: [(candidate: EncodingCandidate, cost: Int, marked: Int, isDamaged: Bool)] = []
        /// What the bytes beside ASCII cost as noise.
        fileprivate var noise: Int
    }

    /// Scores the first 64 KiB: the whole text may still turn out not to decode.
    ///
    /// Words of ASCII are the same in nearly all encodings and say little of any: however many there are, a few words beside ASCII decide.
    static func score(_ bytes: [UInt8]) -> Scores {
        let sample = sample(of: bytes)
        let (marked, plain) = divided(sample)
        let noise = SingleByteModel.noiseCost(marked)
        var scores = Scores(bytes: bytes, sample: sample, noise: noise)
        // What all candidates but UTF-16 have left out.
        var leftOut: Int { SingleByteModel.noiseCost(sample) - noise }
        for candidate in promising(marked) {
            if candidate.isUTF16 {
                if let (cost, _, damage) = candidate.cost(sample, plain: []) {
                    scores.entries.append((candidate, cost - leftOut + candidate.prior, cost, damage != nil))
                }
            } else if let (cost, help, damage) = candidate.cost(marked, plain: plain) {
                scores.entries.append((candidate, help + candidate.prior, cost, damage != nil))
            }
        }
        scores.entries.sort { $0.cost < $1.cost }
        return scores
    }

    /// The candidates that the beginning of a long text does not rule out.
    private static func promising(_ marked: ArraySlice<UInt8>) -> [EncodingCandidate] {
        guard marked.count > beginningSize * 2 else { return EncodingCandidate.all }
        let beginning = marked.prefix(beginningSize)
        let costs = EncodingCandidate.all.map { $0.isUTF16 ? 0 : $0.cost(beginning, plain: [])?.halfBits }
        let best = zip(EncodingCandidate.all, costs).compactMap { $0.isUTF16 ? nil : $1 }.min() ?? 0
        return zip(EncodingCandidate.all, costs).filter { $1.map { $0 <= best + hopeless } ?? false }.map(\.0)
    }

    private static let beginningSize = 4 << 10
    /// So many half bits behind the best, nothing that follows makes good.
    private static let hopeless = 1000

    static func rank(_ bytes: [UInt8]) -> [EncodingGuess] { score(bytes).ranked }

    static let noisePrior = 12
    private static let sampleSize = 64 << 10

    /// The beginning of the text, up to a byte that no encoding has inside a character.
    private static func sample(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard bytes.count > sampleSize else { return bytes[...] }
        let start = bytes[..<sampleSize]
        return start.lastIndex { $0 < 0x30 }.map { bytes[...$0] } ?? start
    }

    /// The bytes beside ASCII with what they may mean together, a few before and behind them; and the beginning of what is left.
    private static func divided(_ bytes: ArraySlice<UInt8>) -> (marked: ArraySlice<UInt8>, plain: ArraySlice<UInt8>) {
        var (marked, plain): ([UInt8], [UInt8]) = ([], [])
        var end = bytes.startIndex
        func leaveOut(until start: Int) {
            guard plain.count < plainSize, start > end else { return }
            if !plain.isEmpty { plain.append(UInt8(ascii: " ")) }
            plain += bytes[end..<min(start, end + plainSize)]
        }
        for at in bytes.indices where bytes[at] >= 0x80 {
            let start = max(bytes.startIndex, at - context)
            leaveOut(until: start)
            if start > end { marked.append(UInt8(ascii: " ")) }
            marked += bytes[max(start, end)..<max(end, min(bytes.endIndex, at + context + 1))]
            end = max(end, min(bytes.endIndex, at + context + 1))
        }
        leaveOut(until: bytes.endIndex)
        return (marked[...], plain[...])
    }

    /// Some lines tell the language that their words of ASCII are in.
    private static let plainSize = 512
    private static let context = 3

    fileprivate static func isPrivate(_ unit: UInt16) -> Bool { (0xE000...0xF8FF).contains(unit) }

    /// Neighbouring characters depend on each other, so that the models overstate a difference; half of it is about right.
    static func weight(_ halfBits: Int) -> Double { exp2(-Double(halfBits) / 2 * 0.5) }
}

extension EncodingDetector.Scores {
    /// The candidates that fit the text, best first, also those in which it seems damaged; their confidences add up to at most 1, what is missing
    /// says that none may be right.
    var ranked: [EncodingGuess] {
        guard let best = entries.first else { return [] }
        let noise = noise + EncodingDetector.noisePrior
        let floor = min(best.cost, noise)
        let weights = entries.map { EncodingDetector.weight($0.cost - floor) }
        let total = weights.reduce(EncodingDetector.weight(noise - floor), +)
        var guesses: [EncodingGuess] = []
        var texts: [[UInt16]?] = []
        for (entry, weight) in zip(entries, weights) where weight / total >= 0.001 {
            let text = entry.isDamaged ? nil : text(entry.candidate)
            if let text, let same = texts.firstIndex(of: text) {
                // Two encodings that give one text do not compete.
                guesses[same].confidence += weight / total
            } else {
                texts.append(text)
                let damage = entry.isDamaged ? entry.candidate.damage(of: sample) : nil
                guesses.append(EncodingGuess(encoding: entry.candidate.name(for: bytes), confidence: weight / total, damage: damage))
            }
        }
        for (number, text) in texts.enumerated() where text?.contains(where: EncodingDetector.isPrivate) ?? false {
            guesses[number].confidence = min(guesses[number].confidence, Self.mostWithPrivate)
        }
        return guesses.sorted { $0.confidence > $1.confidence }
    }

    /// Characters that an archive made for itself happen; more often another encoding is the right one.
    private static let mostWithPrivate = 0.85

    /// What the text says to those who decide over its folder. Words of ASCII say nothing there: texts in English lie in any folder.
    /// `own`: what the text is read in by itself. `nil` where that is UTF-16: pairs of bytes lie at even places only in all of the text.
    func evidence(own: EncodingGuess?) -> EncodingEvidence? {
        guard own.map({ !$0.encoding.hasPrefix("UTF-16") }) ?? true else { return nil }
        let entries = entries.filter { !$0.isDamaged && !$0.candidate.isUTF16 }
        let floor = min(entries.map(\.marked).min() ?? noise, noise)
        var texts: [[UInt16]?] = []
        var evidence = EncodingEvidence(candidates: [], noise: noise - floor)
        for entry in entries where entry.marked - floor < Self.highestCost {
            let text = text(entry.candidate)
            let number = texts.firstIndex(of: text) ?? texts.count
            if number == texts.count { texts.append(text) }
            evidence.candidates.append(.init(encoding: entry.candidate.converter, cost: entry.marked - floor, text: number))
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

    private func text(_ candidate: EncodingCandidate) -> [UInt16]? { try? StrictDecoding.units(candidate.converter, sample) }
}
