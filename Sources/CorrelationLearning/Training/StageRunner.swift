import LinearAlgebra

/// Runs the epochs of one stage over shuffled batches and keeps the parameters of the best epoch.
struct StageRunner {
    let stage: TrainingStage
    let settings: TrainingSettings
    let graph: PairGraph
    let imageFeatures: Matrix
    let textFeatures: Matrix

    /// What one batch gives: the loss, then gradients by image codes, sheet codes (both before normalisation) and extras; and by
    /// the parameters of both encoders what came by another way than these codes, if anything.
    typealias Objective = (
        _ batch: (images: [Int], sheets: [Int], pairs: Matrix), _ encoders: CommonEncoders, _ images: Encoder.Pass, _ texts: Encoder.Pass,
        _ extras: [Matrix]
    ) -> (loss: Float, images: Matrix, texts: Matrix, extras: [Matrix], encoders: [Matrix])

    /// Trains for at most `epochs`; `judge` returns the figure after an epoch, or `nil` when there is nothing to choose by.
    ///
    /// With figures, the best epoch wins, and `baseline` (epoch 0) keeps ties. Each epoch costs about `12 n d (p + h)`.
    func run(
        _ start: CommonEncoders, extras: [Matrix], epochs: Int, baseline: Double?, generator: inout SeededGenerator,
        objective: Objective, judge: (_ encoders: CommonEncoders, _ epoch: Int, _ loss: Double) -> Double?
    ) throws(TrainingError) -> (encoders: CommonEncoders, epochs: Int) {
        var encoders = start
        var parameters = start.image.parameters + start.text.parameters + extras
        var adam = Adam(parameters: parameters, rate: settings.learningRate, pull: settings.regularisation)
        var best = (encoders: start, epochs: 0)
        var bestFigure = baseline ?? -1
        for epoch in stride(from: 1, through: epochs, by: 1) {
            var sum: Float = 0, count: Float = 0
            let order = generator.permutation(graph.images.count)
            for first in stride(from: 0, to: order.count, by: max(2, settings.batchSize)) {
                let batch = graph.batch(Array(order[first..<min(order.count, first + max(2, settings.batchSize))]))
                let images = encoders.image.forward(seen(imageFeatures.gathering(batch.images), &generator))
                let texts = encoders.text.forward(seen(textFeatures.gathering(batch.sheets), &generator))
                let result = objective(batch, encoders, images, texts, Array(parameters[10...]))
                var gradients =
                    encoders.image.backward(images, result.images) + encoders.text.backward(texts, result.texts) + result.extras
                for (index, more) in result.encoders.enumerated() { gradients[index].add(more) }
                guard result.loss.isFinite, gradients.allSatisfy(\.isFinite) else {
                    throw .notFinite(stage: stage, epoch: epoch)
                }
                adam.update(&parameters, gradients)
                encoders.image.parameters = Array(parameters[0..<5])
                encoders.text.parameters = Array(parameters[5..<10])
                sum += result.loss * Float(batch.images.count)
                count += Float(batch.images.count)
            }
            guard let figure = judge(encoders, epoch, Double(sum / max(1, count))) else {
                best = (encoders, epoch)
                continue
            }
            if figure > bestFigure {
                bestFigure = figure
                best = (encoders, epoch)
            } else if epoch - best.epochs >= settings.patience {
                break
            }
        }
        return best
    }

    /// What a step sees of features: all, or a random share scaled up to the same mean (dropout, Srivastava et al. 2014).
    private func seen(_ features: Matrix, _ generator: inout SeededGenerator) -> Matrix {
        guard settings.dropout > 0 else { return features }
        let keep = 1 - min(settings.dropout, 0.95)
        var chances = features
        for index in chances.values.indices { chances.values[index] = keep }
        var result = chances.sampledBernoulli(key: generator.next())
        for index in result.values.indices { result.values[index] *= features.values[index] / keep }
        return result
    }
}
