package import LinearAlgebra

/// Rectifier layers and a softmax over labels: CCL's semantic net of one modality, of which the last hidden layer is kept.
///
/// Cross-entropy, momentum descent; the paper's net is three layers of 1024 without dropout.
package struct LabelNetwork: Equatable, Sendable {
    package var network: Perceptron
    private var momentum: [MomentumDescent]
    package var step = 0
    package let rule: DescentRule
    package let batchSize: Int
    package let seed: UInt64
    /// The share of hidden units that a step leaves out; 0 in CCL.
    package let dropout: Float

    /// Random weights of those widths: inputs, hidden layers, classes.
    package init(
        widths: [Int], rule: DescentRule, batchSize: Int, seed: UInt64, dropout: Float = 0, start: WeightStart = .normalForRectifier
    ) {
        var generator = SeededGenerator(seed: seed)
        network = Perceptron(widths: widths, hidden: .rectifier, last: .identity, start: start, generator: &generator)
        momentum = network.layers.map { MomentumDescent($0) }
        (self.rule, self.batchSize, self.seed, self.dropout) = (rule, batchSize, seed, dropout)
    }

    /// Steps up to that number; `targets` is `n x classes`, one-hot.
    package mutating func advance(to steps: Int, _ rows: Matrix, targets: Matrix) {
        var order = BatchOrder(count: rows.rows, batchSize: batchSize, seed: seed)
        while step < steps {
            let chosen = order.rows(at: step)
            advance(rows.gathering(chosen), targets: targets.gathering(chosen))
        }
    }

    /// One step on a batch.
    package mutating func advance(_ rows: Matrix, targets: Matrix) {
        let states = self.states(of: rows)
        var delta = CrossEntropy.evaluate(logits: states[states.count - 1], targets: targets).gradient
        let scale = 1 / Float(max(1, rows.rows))
        for index in network.layers.indices.reversed() {
            delta.differentiate(network.layers[index].activation, output: states[index + 1])
            // A unit that was left out has a state of 0, as if it rested; the others were scaled up, and so is their slope.
            if dropout > 0, index < network.layers.count - 1 { delta = delta.scalingRows([Float](repeating: 1 / (1 - dropout), count: delta.rows)) }
            let below = index > 0 ? Matrix.product(delta, .asIs, network.layers[index].weights, .transposed) : nil
            momentum[index].step(&network.layers[index], input: states[index], delta: delta, scale: scale, rule: rule, at: step)
            if let below { delta = below }
        }
        step += 1
    }

    /// The rows and what every layer makes of them, without the hidden units that this step leaves out.
    func states(of rows: Matrix) -> [Matrix] {
        var states = [rows]
        for (index, layer) in network.layers.enumerated() {
            var state = layer.forward(states[index])
            if dropout > 0, index < network.layers.count - 1 {
                var kept = Matrix(rows: state.rows, columns: state.columns)
                for place in kept.values.indices { kept.values[place] = 1 - dropout }
                kept = kept.sampledBernoulli(key: SeededGenerator.mixed(seed &+ UInt64(step) &* 64 &+ UInt64(index)))
                for place in kept.values.indices { state.values[place] *= kept.values[place] / (1 - dropout) }
            }
            states.append(state)
        }
        return states
    }

    /// The last hidden layer: what CCL's stage 2 takes.
    package func features(of rows: Matrix) -> Matrix { network.layers.dropLast().reduce(rows) { $1.forward($0) } }

    /// `n x classes`: the chance of each class.
    package func posteriors(of rows: Matrix) -> Matrix {
        var result = network.output(of: rows)
        result.softmaxRows()
        return result
    }
}
