import Glibc
package import LinearAlgebra

/// How the weights of a layer begin.
package enum WeightStart: Codable, Equatable, Sendable {
    /// Normal, with this deviation.
    case normal(Float)
    /// Normal, with deviation `1 / sqrt(outputs)`: what deepnet does, though it calls the count fan-in. So CCL's authors start machines
    /// (but those of counts), autoencoders and label networks.
    case normalByOutputs
    /// Even between `-sqrt(3 / inputs)` and `sqrt(3 / inputs)`: Caffe's "xavier".
    case uniformByInputs
    /// Normal, with deviation `sqrt(2 / inputs)`, for rectifiers (He et al. 2015): CCL's label networks on the `fast` profile alone.
    case normalForRectifier

    /// `inputs x outputs` random weights.
    package func matrix(inputs: Int, outputs: Int, generator: inout SeededGenerator) -> Matrix {
        let deviation: Float
        switch self {
        case .normal(let value): deviation = value
        case .normalByOutputs: deviation = 1 / sqrtf(Float(max(1, outputs)))
        case .normalForRectifier: deviation = sqrtf(2 / Float(max(1, inputs)))
        case .uniformByInputs:
            let bound = sqrtf(3 / Float(max(1, inputs)))
            let values = (0..<inputs * outputs).map { _ in (2 * generator.uniform() - 1) * bound }
            return Matrix(rows: inputs, columns: outputs, values: values)
        }
        return Matrix(
            rows: inputs, columns: outputs, values: generator.normalMatrix(rows: inputs, columns: outputs, deviation: deviation))
    }
}
