/// What the bytes of a text without a declaration say about its encoding: a fact of these bytes alone, whatever lies beside them.
public struct EncodingEvidence: Equatable, Sendable {
    public struct Candidate: Equatable, Sendable {
        public var encoding: String
        /// How unlikely the bytes are in it, in half bits more than in the likeliest.
        public var cost: Int
        /// Candidates of one number give the same text.
        public var text: Int

        public init(encoding: String, cost: Int, text: Int) {
            self.encoding = encoding
            self.cost = cost
            self.text = text
        }
    }

    /// Those in which every byte means something.
    public var candidates: [Candidate]
    /// The cost when the bytes beside ASCII mean nothing at all.
    public var noise: Int
    /// What the text is read in where nothing but it decides; `nil` where it is not sure enough.
    public var own: EncodingHint?

    public init(candidates: [Candidate], noise: Int, own: EncodingHint? = nil) {
        self.candidates = candidates
        self.noise = noise
        self.own = own
    }
}

extension EncodingEvidence: LosslessStringConvertible {
    /// One line: `noise own:confidence encoding:cost:text ...`, with `-` for no own encoding.
    public var description: String {
        candidates.reduce("\(noise) \(own.map { "\($0.encoding):\($0.confidence)" } ?? "-")") { $0 + " \($1.encoding):\($1.cost):\($1.text)" }
    }

    public init?(_ description: String) {
        let parts = description.split(separator: " ").map { $0.split(separator: ":") }
        guard parts.count >= 2, let noise = Int(parts[0][0]) else { return nil }
        self.init(candidates: [], noise: noise)
        if parts[1].count == 2, let confidence = Double(parts[1][1]) { own = EncodingHint(encoding: String(parts[1][0]), confidence: confidence) }
        for part in parts.dropFirst(2) {
            guard part.count == 3, let cost = Int(part[1]), let text = Int(part[2]) else { return nil }
            candidates.append(Candidate(encoding: String(part[0]), cost: cost, text: text))
        }
    }
}

/// The encoding that a text has by what its folder holds: tried first, and no order.
public struct EncodingHint: Equatable, Sendable {
    public var encoding: String
    /// How sure that is, from 0 to 1.
    public var confidence: Double

    public init(encoding: String, confidence: Double) {
        self.encoding = encoding
        self.confidence = confidence
    }
}
