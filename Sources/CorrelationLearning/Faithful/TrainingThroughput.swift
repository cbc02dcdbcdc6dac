import LinearAlgebra

/// How fast CCL's gradient steps run beside the plain products that they are made of, at the published sizes.
///
/// Rates count the products of a step alone: ten of `n x 1024 x 1024` for a step of the autoencoder, as many for stage 2 (its small
/// head and its contrast are not counted, but take their time). Rounds alternate, so a busy machine slows both.
public struct TrainingThroughput: Codable, Equatable, Sendable {
    /// `autoencoder` or `stage 2`.
    public var part: String
    /// Rows of a batch.
    public var batch: Int
    /// Billions of operations a second, in the median round: of plain `sgemm`, and of steps.
    public var productRate: Double, stepRate: Double
    /// The median over rounds of step rate by product rate.
    public var ratio: Double

    private static let width = 1024

    /// Measures both parts in one thread, a round of so many steps and their products; 30 steps take about half a second.
    public static func measure(rounds: Int, steps: Int = 30) -> [TrainingThroughput] {
        let settings = FaithfulSettings.paper
        var autoencoder = CorrespondenceAutoencoder(
            imageInputs: width, textInputs: width, codes: width, correlation: settings.lambda, reconstruction: settings.reconstruction,
            rule: settings.correlationRule, batchSize: settings.correlationBatch, seed: 1)
        var common = TwoHeadedNetwork(imageInputs: width, textInputs: width, classes: 20, settings: settings.common, seed: 1)
        let labels = (0..<settings.common.batchSize).map { $0 % 20 }
        return [
            measure("autoencoder", batch: settings.correlationBatch, rounds: rounds, steps: steps) { autoencoder.advance(images: $0, texts: $1) },
            measure("stage 2", batch: settings.common.batchSize, rounds: rounds, steps: steps) { common.advance(images: $0, texts: $1, labels: labels) },
        ]
    }

    private static func measure(
        _ part: String, batch: Int, rounds: Int, steps: Int, step: (_ images: Matrix, _ texts: Matrix) -> Void
    ) -> TrainingThroughput {
        var generator = SeededGenerator(seed: 1)
        let rows = (0..<2).map { _ in Matrix(rows: batch, columns: width, values: (0..<batch * width).map { _ in generator.uniform() }) }
        let weights = Matrix(rows: width, columns: width, values: (0..<width * width).map { _ in generator.uniform() })
        var (forward, gradient) = (Matrix(rows: batch, columns: width), Matrix(rows: width, columns: width))
        let product = 2 * Double(batch * width * width)
        var measured: [(product: Double, step: Double)] = []
        // One round before those that count warms caches and buffers.
        for round in 0...max(1, rounds) {
            // Of ten products of a step four go forward, two back, four make gradients.
            let productRate = rate(product * 10 * Double(steps)) {
                for _ in 0..<2 * steps {
                    forward.setProduct(rows[0], weights)
                    forward.setProduct(rows[1], weights)
                    forward.setProduct(rows[0], .asIs, weights, .transposed)
                    gradient.setProduct(rows[0], .transposed, rows[1], .asIs, beta: 0.9)
                    gradient.setProduct(rows[1], .transposed, rows[0], .asIs, beta: 0.9)
                }
            }
            let stepRate = rate(product * 10 * Double(steps)) { for _ in 0..<steps { step(rows[0], rows[1]) } }
            if round > 0 { measured.append((productRate, stepRate)) }
        }
        func median(_ value: ((product: Double, step: Double)) -> Double) -> Double { measured.map(value).sorted()[measured.count / 2] }
        return TrainingThroughput(
            part: part, batch: batch, productRate: median(\.product), stepRate: median(\.step), ratio: median { $0.step / $0.product })
    }

    private static func rate(_ operations: Double, _ body: () -> Void) -> Double {
        let start = ContinuousClock.now
        body()
        return operations / (start.duration(to: .now) / .seconds(1)) / 1e9
    }
}

extension TrainingThroughput: CustomStringConvertible {
    public var description: String {
        "\(part), batch \(batch)  products \(Int(productRate)) GFLOP/s  steps \(Int(stepRate)) GFLOP/s  \(Int((ratio * 100).rounded())) %"
    }
}
