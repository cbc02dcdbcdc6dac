/// The highest of a stream of scores.
public struct Highest: Sendable {
    public let count: Int
    /// Highest first.
    public private(set) var scores: [Float] = []

    public init(count: Int) { self.count = count }

    /// 0 where there are none.
    public var mean: Float { scores.isEmpty ? 0 : scores.reduce(0, +) / Float(scores.count) }

    /// Takes scores that are good to `slack`; `exactly` answers the score that counts, and is asked of what may be among the highest.
    public mutating func insert(_ values: ArraySlice<Float>, slack: Float = 0, exactly: (Int) -> Float) {
        guard count > 0 else { return }
        for (index, value) in values.enumerated() where scores.count < count || value >= scores[count - 1] - slack {
            let score = exactly(index)
            if scores.count == count {
                guard score > scores[count - 1] else { continue }
                scores.removeLast()
            }
            scores.insert(score, at: scores.firstIndex { score > $0 } ?? scores.count)
        }
    }
}
