import Glibc
package import LinearAlgebra

/// Multinomial logistic regression: `min sum_i CE(t_i, softmax(x_i W + b)) + decay / 2 ||W||^2`, by L-BFGS.
///
/// Rows `t_i` of targets are weights of classes: a row counts as much as it sums to, one of zeros not at all.
package struct SoftmaxRegression: Equatable, Sendable {
    /// `p x classes` and `classes` values.
    package var weights: Matrix
    package var bias: [Float]

    package init(weights: Matrix, bias: [Float]) {
        precondition(weights.columns == bias.count, "\(bias.count) biases do not fit \(weights.columns) classes")
        self.weights = weights
        self.bias = bias
    }

    /// Learns from `n x p` rows and `n x classes` targets, from `start` if given. `nil` when it does not end in finite numbers.
    ///
    /// A step costs `4 n p classes` operations; some ten to a hundred steps.
    package init?(_ rows: Matrix, targets: Matrix, decay: Float, start: SoftmaxRegression? = nil, steps: Int = 60) {
        precondition(rows.rows == targets.rows, "every row has targets")
        let (inputs, classes) = (rows.columns, targets.columns)
        let weight = targets.rowSums
        let first = start.map { $0.weights.values + $0.bias } ?? [Float](repeating: 0, count: (inputs + 1) * classes)
        let minimiser = LimitedMemoryBFGS(steps: steps, tolerance: 1e-3)
        guard let found = minimiser.minimise(first, { Self.value($0, rows, targets, weight, decay) }) else { return nil }
        self.init(
            weights: Matrix(rows: inputs, columns: classes, values: Array(found[..<(inputs * classes)])),
            bias: Array(found[(inputs * classes)...]))
    }

    /// `n x classes`: scores before the softmax.
    package func logits(_ rows: Matrix) -> Matrix {
        var logits = Matrix.product(rows, weights)
        logits.addToRows(bias)
        return logits
    }

    /// `n x classes`: the chance of each class, with logits times `sharpness`.
    package func posteriors(_ rows: Matrix, sharpness: Float = 1) -> Matrix {
        var result = logits(rows).scalingRows([Float](repeating: sharpness, count: rows.rows))
        result.softmaxRows()
        return result
    }

    /// The objective and its gradient at `values`: the weights row after row, then the biases.
    package static func value(
        _ values: [Float], _ rows: Matrix, _ targets: Matrix, _ weight: [Float], _ decay: Float
    ) -> (Double, [Float]) {
        let (inputs, classes) = (rows.columns, targets.columns)
        let weights = Matrix(rows: inputs, columns: classes, values: Array(values[..<(inputs * classes)]))
        var error = Matrix.product(rows, weights)
        error.softmaxRows(bias: Array(values[(inputs * classes)...]))
        var loss = Double(decay) / 2 * weights.squaredNorm
        error.values.withUnsafeMutableBufferPointer { error in
            targets.values.withUnsafeBufferPointer { targets in
                for row in weight.indices {
                    for index in row * classes..<(row + 1) * classes {
                        if targets[index] != 0 { loss -= Double(targets[index] * logf(max(1e-30, error[index]))) }
                        error[index] = weight[row] * error[index] - targets[index]
                    }
                }
            }
        }
        var gradient = weights
        gradient.setProduct(rows, .transposed, error, .asIs, beta: decay)
        return (loss, gradient.values + error.columnSums)
    }
}
