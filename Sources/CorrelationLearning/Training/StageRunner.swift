import LinearAlgebra

/// Runs the epochs of one stage over shuffled batches and keeps the parameters of the best epoch.
struct StageRunner {
    let stage: TrainingStage
    let settings: TrainingSettings
    let graph: PairGraph
    let imageFeatures: Matrix
    let textFeatures: Matrix
    /// Images that are new since the encoders were learned: each epoch sees all of them, and as many others (at least a batch) again.
    /// `nil`: every image in each epoch. Of more than `imagesPerEpoch` (with replay twice that), each epoch draws others.
    var fresh: Set<Int>?

    /// What one batch gives: the loss, then gradients by image codes, sheet codes (both before normalisation) and extras; and by
    /// the parameters of both encoders what came by another way than these codes, if anything.
    typealias Objective = (
        _ batch: (images: [Int], sheets: [Int], pairs: Matrix), _ parameters: StageParameters, _ images: Encoder.Pass, _ texts: Encoder.Pass
    ) -> (loss: Float, images: Matrix, texts: Matrix, extras: StageExtras, encoders: (image: Encoder, text: Encoder)?)

    /// What an epoch is worth: the figure to choose by, and what the record says of it.
    typealias Judgement = (figure: Double, record: TrainingRecord.Epoch)

    /// Trains for at most `epochs`; `judge` returns what an epoch is worth, or `nil` when there is nothing to choose by.
    ///
    /// With figures, the best epoch wins, and `baseline` (epoch 0) keeps ties. Each epoch costs about `12 n d (p + h)`. Goes on from
    /// what `log` has of the stage called `name`, and tells it of every epoch.
    func run(
        _ start: CommonEncoders, extras: StageExtras, epochs: Int, baseline: Double?, generator: SeededGenerator, objective: Objective,
        log: StageLog, name: String, judge: (_ encoders: CommonEncoders, _ epoch: Int, _ loss: Double) -> Judgement?
    ) throws(TrainingError) -> (encoders: CommonEncoders, course: StageState.Course) {
        var encoders = start
        var parameters = StageParameters(image: start.image, text: start.text, extras: extras)
        let origin = parameters.matrices
        var state = log.state(
            name, fresh: StageState(parameters: origin, encoders: start, baseline: baseline, generator: generator))
        if !state.course.isOver { parameters.set(state.parameters) }
        while !state.course.isOver, state.course.epoch < epochs {
            state.course.epoch += 1
            let loss = try pass(&state, &parameters, origin, objective)
            (encoders.image, encoders.text) = (parameters.image, parameters.text)
            if let judgement = judge(encoders, state.course.epoch, loss) {
                state.course.epochs.append(judgement.record)
                if judgement.figure > state.course.bestFigure { state.keep(judgement.figure, encoders) }
            } else {
                state.keep(state.course.bestFigure, encoders)
            }
            let unimproved = state.course.epoch - state.course.bestEpoch
            state.course.isOver = state.course.epoch == epochs || unimproved >= max(1, settings.patience)
            log.note(name, state)
        }
        encoders.set(state.best)
        return (encoders, state.course)
    }

    /// The images of an epoch, as places in the graph.
    private func order(_ generator: inout SeededGenerator) -> [Int] {
        let all = generator.permutation(graph.images.count)
        guard let fresh else { return Array(all.prefix(settings.imagesPerEpoch)) }
        var replayed = max(fresh.count, settings.batchSize)
        return Array(
            all.filter { place in
                if fresh.contains(graph.images[place]) { return true }
                replayed -= 1
                return replayed >= 0
            }.prefix(2 * settings.imagesPerEpoch))
    }

    /// One epoch in batches. Returns the mean loss.
    private func pass(
        _ state: inout StageState, _ parameters: inout StageParameters, _ origin: [Matrix], _ objective: Objective
    ) throws(TrainingError) -> Double {
        var sum: Float = 0, count: Float = 0
        let order = order(&state.course.generator)
        for first in stride(from: 0, to: order.count, by: max(2, settings.batchSize)) {
            let batch = graph.batch(Array(order[first..<min(order.count, first + max(2, settings.batchSize))]))
            let (loss, gradient) = parameters.gradient(
                batch, imageFeatures.gathering(batch.images), textFeatures.gathering(batch.sheets), objective)
            let gradients = gradient.matrices
            guard loss.isFinite, gradients.allSatisfy(\.isFinite) else {
                throw .notFinite(stage: stage, epoch: state.course.epoch)
            }
            state.course.steps += 1
            state.descend(gradients, origin: origin, settings)
            parameters.set(state.parameters)
            sum += loss * Float(batch.images.count)
            count += Float(batch.images.count)
        }
        return Double(sum / max(1, count))
    }
}

extension StageState {
    /// Moves the parameters by AdamW, whose decay pulls them back to where the stage began.
    fileprivate mutating func descend(_ gradients: [Matrix], origin: [Matrix], _ settings: TrainingSettings) {
        for index in parameters.indices {
            DescentSteps.adamW(
                &parameters[index].values, gradient: gradients[index].values, first: &first[index].values, second: &second[index].values,
                step: course.steps, rate: settings.learningRate, decay: settings.regularisation, origin: origin[index].values)
        }
    }

    /// Makes the epoch just done the best.
    fileprivate mutating func keep(_ figure: Double, _ encoders: CommonEncoders) {
        (course.bestEpoch, course.bestFigure) = (course.epoch, figure)
        best = encoders.matrices
    }
}

extension StageParameters {
    /// The loss of a batch of features and its gradient by all parameters.
    func gradient(
        _ batch: (images: [Int], sheets: [Int], pairs: Matrix), _ imageFeatures: Matrix, _ textFeatures: Matrix, _ objective: StageRunner.Objective
    ) -> (loss: Float, gradient: StageParameters) {
        let images = image.forward(imageFeatures), texts = text.forward(textFeatures)
        let result = objective(batch, self, images, texts)
        var gradient = StageParameters(image: image.backward(images, result.images), text: text.backward(texts, result.texts), extras: result.extras)
        if let more = result.encoders {
            gradient.image.add(more.image)
            gradient.text.add(more.text)
        }
        return (result.loss, gradient)
    }
}
