import Glibc
import LinearAlgebra

/// Adam (Kingma, Ba 2015) with a decoupled pull back to where the parameters began. Its moments are the caller's to keep.
struct Adam {
    private let rate: Float, pull: Float
    private let origin: [Matrix]

    /// `origin`: the parameters before the first step.
    init(origin: [Matrix], rate: Float, pull: Float) {
        self.rate = rate
        self.pull = pull
        self.origin = origin
    }

    /// Step number `step` (from 1) against `gradients`, which lie like the parameters, as the moments do.
    func update(_ parameters: inout [Matrix], _ first: inout [Matrix], _ second: inout [Matrix], _ gradients: [Matrix], step: Int) {
        let step = Float(step)
        let size = rate * sqrtf(1 - powf(0.999, step)) / (1 - powf(0.9, step))
        let drift = rate * pull
        for index in parameters.indices {
            let count = parameters[index].values.count
            origin[index].values.withUnsafeBufferPointer { origin in
                gradients[index].values.withUnsafeBufferPointer { gradient in
                    first[index].values.withUnsafeMutableBufferPointer { first in
                        second[index].values.withUnsafeMutableBufferPointer { second in
                            parameters[index].values.withUnsafeMutableBufferPointer { values in
                                for k in 0..<count {
                                    let g = gradient[k]
                                    first[k] = 0.9 * first[k] + 0.1 * g
                                    second[k] = 0.999 * second[k] + 0.001 * g * g
                                    values[k] -= size * first[k] / (sqrtf(second[k]) + 1e-8) + drift * (values[k] - origin[k])
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
