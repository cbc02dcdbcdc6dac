import Glibc

/// How deepnet, and Caffe with other numbers, move parameters: `d <- mom d + L2 W + grad`, `W <- W - rate d`.
package struct DescentRule: Codable, Equatable, Sendable {
    /// How the rate falls with the step.
    package enum Fall: Codable, Equatable, Sendable {
        case none
        /// `1 / (1 + t / steps)`
        case inverse(steps: Float)
        /// Half as much after every so many steps.
        case halving(steps: Int)
    }

    package var rate: Float
    package var fall: Fall
    /// Momentum at step 0, in the end, and in how many steps about two thirds of the way are gone.
    package var firstMomentum: Float, lastMomentum: Float, momentumSteps: Float
    /// Pull of the weights to zero.
    package var decay: Float
    /// Whether biases are pulled too (Caffe), and how much larger their rate is.
    package var decaysBiases: Bool, biasRateFactor: Float

    package init(
        rate: Float, fall: Fall = .none, firstMomentum: Float, lastMomentum: Float, momentumSteps: Float = 1, decay: Float,
        decaysBiases: Bool = false, biasRateFactor: Float = 1
    ) {
        self.rate = rate
        self.fall = fall
        self.firstMomentum = firstMomentum
        self.lastMomentum = lastMomentum
        self.momentumSteps = momentumSteps
        self.decay = decay
        self.decaysBiases = decaysBiases
        self.biasRateFactor = biasRateFactor
    }

    /// The rate at a step (from 0).
    package func rate(at step: Int) -> Float {
        switch fall {
        case .none: rate
        case .inverse(let steps): rate / (1 + Float(step) / steps)
        case .halving(let steps): rate * powf(0.5, Float(step / max(1, steps)))
        }
    }

    /// The momentum at a step: `last - (last - first) e^(-t / momentumSteps)`.
    package func momentum(at step: Int) -> Float {
        lastMomentum - (lastMomentum - firstMomentum) * expf(-Float(step) / momentumSteps)
    }
}
