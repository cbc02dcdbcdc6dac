import LinearAlgebra

/// AdamW (Loshchilov, Hutter 2019): Adam with a decay that does not pass through the moments.
///
/// Keeps two moments for each slot, a parameter buffer of fixed size: call `begin` once a step, then `update` for each slot.
package struct AdamW: Equatable, Sendable {
    package var rate: Float
    /// How far a step pulls decaying buffers to zero, times the rate; 0 is plain Adam.
    package var decay: Float
    private let beta1: Float, beta2: Float
    private var first: [Int: [Float]] = [:], second: [Int: [Float]] = [:]
    private var step = 0

    package init(rate: Float, decay: Float = 0, betas: (Float, Float) = (0.9, 0.999)) {
        self.rate = rate
        self.decay = decay
        (beta1, beta2) = betas
    }

    /// Begins the next step.
    package mutating func begin() { step += 1 }

    /// Moves one buffer against its gradient, which lies like it.
    package mutating func update(_ slot: Int, _ values: inout [Float], gradient: [Float], decays: Bool = true) {
        precondition(step > 0, "begin comes before the first update")
        let zeros = { [count = values.count] in [Float](repeating: 0, count: count) }
        DescentSteps.adamW(
            &values, gradient: gradient, first: &first[slot, default: zeros()], second: &second[slot, default: zeros()], step: step,
            rate: rate, betas: (beta1, beta2), decay: decays ? decay : 0)
    }

    /// One step of all layers; weights decay, biases do not. Slots count up from `slot`, two for each layer.
    package mutating func update(_ network: inout Perceptron, _ gradients: [DenseLayer.Gradient], slot: Int = 0) {
        for index in network.layers.indices {
            update(slot + 2 * index, &network.layers[index].weights.values, gradient: gradients[index].weights.values)
            update(slot + 2 * index + 1, &network.layers[index].bias, gradient: gradients[index].bias, decays: false)
        }
    }
}
