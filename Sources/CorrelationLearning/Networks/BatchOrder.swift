/// Which rows each step sees: every row once an epoch in a random order, in batches of one size; what does not fill one waits.
///
/// The rows of a step depend on seed and step alone, so a training goes on from its step number.
package struct BatchOrder {
    private let count: Int, size: Int
    private let seed: UInt64
    private var epoch = -1
    private var order: [Int] = []

    package init(count: Int, batchSize: Int, seed: UInt64) {
        self.count = count
        size = max(1, min(count, batchSize))
        self.seed = seed
    }

    /// Rows of a step (from 0); none when there are no rows.
    package mutating func rows(at step: Int) -> [Int] {
        guard count > 0 else { return [] }
        let perEpoch = count / size
        if step / perEpoch != epoch {
            epoch = step / perEpoch
            var generator = SeededGenerator(seed: SeededGenerator.mixed(seed &+ UInt64(epoch) &* 0x9E37_79B9))
            order = generator.permutation(count)
        }
        let first = step % perEpoch * size
        return Array(order[first..<first + size])
    }
}
