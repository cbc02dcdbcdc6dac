public import Documents

/// Decides the encodings of an archive's texts together: one folder nearly always has one encoding.
///
/// Every folder has shares of encodings, estimated from the texts in it and below, beginning with those of the folder above. A text is
/// then decided by what its own bytes say under the shares that the *other* texts give: what it says itself counts once. See
/// docs/decisions/0011-one-folder-one-encoding.md. The answer is the same in whatever order the texts come, as long as each order is
/// brought into one: sums of fractions depend on it.
public struct EncodingCensus: Sendable {
    public struct Decision: Equatable, Sendable {
        /// The encoding that the text is to be read in, where that is another one than it would choose by itself.
        public var hint: EncodingHint?
        /// How sure the encoding is in which the text is then read; `nil` where none is sure enough.
        public var confidence: Double?
    }

    /// A folder: texts in it and below, as far as they are undecided.
    private struct Node {
        var parent: Int?
        var texts: [Int] = []
        var shares = EncodingCensus.known
        /// The number of texts of each encoding, by what is known of all.
        var counts = [Double](repeating: 0, count: EncodingCensus.known.count)
        /// The encodings that texts are in by what they say themselves, with some of what they say.
        var witnesses: [String: Witnesses] = [:]
    }

    /// Texts that one encoding fits best, whatever lies beside them.
    private struct Witnesses {
        private var isClear = false
        /// The costs that the texts tell, each once: the same sign in every text says the same again.
        private var different: Set<[Int]> = []

        private static let enough = 8

        mutating func add(_ text: EncodingEvidence, confidence: Double) {
            isClear = isClear || confidence >= EncodingCensus.sure
            if different.count < Self.enough { different.insert(text.candidates.map(\.cost) + [text.noise]) }
        }

        var areEnough: Bool { isClear || different.count >= Self.enough }
    }

    private var nodes = [Node(parent: nil)]
    private var numbers: [[UInt8]: Int] = [[]: 0]
    private var evidence: [EncodingEvidence] = []
    private var likelihoods: [[Double]] = []
    private var folders: [Int] = []

    /// How many texts the folder above counts as.
    private static let weightOfParent = 1.0
    private static let rounds = 8
    /// What is decided with more than this is said to be known.
    private static let sure = 0.9
    /// So many texts lie in a folder by chance.
    private static let strayShare = 0.01

    /// What is known before any text is seen: the shares of all encodings, of UTF-8 and of noise behind them.
    private static let known: [Double] = {
        let weights = (EncodingCandidate.all.map(\.prior) + [0, EncodingDetector.noisePrior]).map(EncodingDetector.weight)
        return weights.map { $0 / weights.reduce(0, +) }
    }()

    private static let noise = EncodingCandidate.all.count + 1

    private static let indices = Dictionary(uniqueKeysWithValues: (EncodingCandidate.all.map(\.converter) + ["UTF-8"]).enumerated().map { ($1, $0) })

    public init() {}

    /// Adds a text; `folder` is its folder's path, below which others lie behind a `/`.
    public mutating func add(_ text: EncodingEvidence, folder: [UInt8]) {
        var weights = [Double](repeating: 0, count: Self.known.count)
        for candidate in text.candidates {
            if let index = Self.indices[candidate.encoding] { weights[index] = Self.likelihood(candidate.cost) }
        }
        weights[Self.noise] = Self.likelihood(text.noise)
        let node = number(of: folder)
        var next: Int? = node
        while let at = next {
            nodes[at].texts.append(evidence.count)
            if let own = text.own { nodes[at].witnesses[own.encoding, default: Witnesses()].add(text, confidence: own.confidence) }
            next = nodes[at].parent
        }
        evidence.append(text)
        likelihoods.append(weights)
        folders.append(node)
    }

    /// The more a text says, the more it says the same again: a name that stands in every line, a second language that the model knows not.
    private static func likelihood(_ cost: Int) -> Double { EncodingDetector.weight(min(cost, 24) + max(0, cost - 24) / 4) }

    private mutating func number(of folder: [UInt8]) -> Int {
        if let number = numbers[folder] { return number }
        let parent = number(of: folder.lastIndex(of: UInt8(ascii: "/")).map { Array(folder[..<$0]) } ?? [])
        nodes.append(Node(parent: parent))
        numbers[folder] = nodes.count - 1
        return nodes.count - 1
    }

    /// What is decided over each text, in the order in which they were added. Cost: for each text the folders above it.
    public mutating func decisions() -> [Decision] {
        // A folder's number is higher than that of the one above.
        for at in nodes.indices { estimate(at) }
        return evidence.indices.map(decide)
    }

    /// The shares of a folder, starting from those of the one above.
    private mutating func estimate(_ at: Int) {
        let above = nodes[at].parent.map { nodes[$0].shares } ?? Self.known
        var shares = above
        for _ in 0..<Self.rounds {
            var counts = Self.known.map { _ in 0.0 }
            for text in nodes[at].texts {
                let parts = Self.parts(likelihoods[text], shares)
                for index in parts.indices { counts[index] += parts[index] }
            }
            // A text that is nothing but noise tells of no encoding, and texts that fit one by half do not prove it.
            counts[Self.noise] = 0
            for (name, index) in Self.indices where nodes[0].witnesses[name] == nil { counts[index] = 0 }
            shares = Self.mixed(above, counts)
            nodes[at].counts = counts
        }
        nodes[at].shares = shares
    }

    private static func mixed(_ above: [Double], _ counts: [Double]) -> [Double] {
        let weight = counts.reduce(0, +)
        return zip(above, counts).map { (weightOfParent * $0 + $1) / (weightOfParent + weight) }
    }

    /// What each encoding, and noise, has of a text where they have these shares; all together 1.
    private static func parts(_ likelihoods: [Double], _ shares: [Double]) -> [Double] {
        var parts = likelihoods
        for index in parts.indices { parts[index] *= (1 - strayShare) * shares[index] + strayShare * known[index] }
        let total = parts.reduce(0, +)
        return total > 0 ? parts.map { $0 / total } : parts
    }

    private func decide(_ text: Int) -> Decision {
        var chain: [Int] = []
        var next: Int? = folders[text]
        while let at = next {
            chain.append(at)
            next = nodes[at].parent
        }
        // Without others it is what it says itself, with all its words.
        guard let top = chain.last, nodes[top].texts.count > 1 else { return Decision(confidence: evidence[text].own?.confidence) }
        var shares = Self.known
        for at in chain.reversed() {
            // Without what the text itself brought in.
            let own = Self.parts(likelihoods[text], nodes[at].shares)
            var others = zip(nodes[at].counts, own).map { max(0, $0 - $1) }
            others[Self.noise] = 0
            shares = Self.mixed(shares, others)
        }
        let texts = confidences(text, shares)
        let own = ownText(text)
        guard let best = texts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value >= TextDecoder.leastConfidence else {
            return Decision(confidence: alone(text, texts))
        }
        let names = evidence[text].candidates.filter { $0.text == best.key }.map(\.encoding)
        guard own == best.key || names.contains(where: { nodes[0].witnesses[$0] != nil }) else { return Decision(confidence: alone(text, texts)) }
        let home = chain.first { nodes[$0].texts.count >= Self.neighbours } ?? top
        let isKnown = names.contains { nodes[home].witnesses[$0]?.areEnough ?? false }
        let confidence = isKnown ? best.value : min(best.value, Self.unsure)
        if own == best.key { return Decision(confidence: confidence) }
        let name = names.max { (shares[Self.indices[$0] ?? 0], $1) < (shares[Self.indices[$1] ?? 0], $0) } ?? ""
        return Decision(hint: EncodingHint(encoding: name, confidence: confidence), confidence: confidence)
    }

    /// So many texts are asked whether one of them is clear: those of the folder, or of one above it.
    private static let neighbours = 8
    /// The most that weak texts make each other.
    private static let unsure = 0.89

    /// How sure a text is where nobody knows better: less than it seemed.
    private func alone(_ text: Int, _ texts: [Int: Double]) -> Double? {
        ownText(text).flatMap { number in texts[number].map { min($0, evidence[text].own?.confidence ?? 0) } }
    }

    private func ownText(_ text: Int) -> Int? {
        evidence[text].own.flatMap { own in evidence[text].candidates.first { $0.encoding == own.encoding }?.text }
    }

    /// How sure each text is that a content may give.
    private func confidences(_ text: Int, _ shares: [Double]) -> [Int: Double] {
        let parts = Self.parts(likelihoods[text], shares)
        var sums: [Int: Double] = [:]
        for candidate in evidence[text].candidates { sums[candidate.text, default: 0] += Self.indices[candidate.encoding].map { parts[$0] } ?? 0 }
        // Rounded, so that a text more in the folder does not change every other.
        return sums.mapValues { ($0 * 1000).rounded() / 1000 }
    }
}
