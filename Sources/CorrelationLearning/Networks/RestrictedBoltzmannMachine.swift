package import LinearAlgebra

/// A layer of hidden units over a layer of visible units (CCL section on separate representation; rules as in deepnet).
///
/// Rows are samples. Hidden units are 0 or 1; both passes give probabilities or means, not samples.
package struct RestrictedBoltzmannMachine: Equatable, Sendable {
    /// What the visible units are.
    package enum Visible: String, Codable, Sendable {
        /// Real numbers of unit variance: `E = |v - b|^2 / 2 - a'h - v'Wh`.
        case gaussian
        /// 0 or 1, or probabilities: `E = -b'v - a'h - v'Wh`.
        case bernoulli
        /// Counts; every row is first scaled to `total`, so that lengths do not matter: `E = -b'v - total a'h - gain v'Wh`.
        case replicatedSoftmax
    }

    /// Counts of a row after scaling (deepnet's `adaptive_prior`), also the factor of the hidden bias.
    package static let total: Float = 100
    /// Factor of what counts send up (deepnet's `up_factor`).
    package static let gain: Float = 10

    package let visible: Visible
    /// `visible x hidden`
    package var weights: Matrix
    package var visibleBias: [Float]
    package var hiddenBias: [Float]

    package init(visible: Visible, weights: Matrix, visibleBias: [Float], hiddenBias: [Float]) {
        precondition(visibleBias.count == weights.rows && hiddenBias.count == weights.columns, "biases do not fit the weights")
        self.visible = visible
        self.weights = weights
        self.visibleBias = visibleBias
        self.hiddenBias = hiddenBias
    }

    /// Random weights, biases zero; deepnet starts replicated softmax at a deviation of 1e-5, the others by the hidden units.
    package init(visible: Visible, inputs: Int, outputs: Int, generator: inout SeededGenerator) {
        let start: WeightStart = visible == .replicatedSoftmax ? .normal(1e-5) : .normalByOutputs
        self.init(
            visible: visible, weights: start.matrix(inputs: inputs, outputs: outputs, generator: &generator),
            visibleBias: [Float](repeating: 0, count: inputs), hiddenBias: [Float](repeating: 0, count: outputs))
    }

    /// Rows as the visible units hold them: counts scaled to `total` (a row of zeros stays), anything else unchanged.
    package func clamped(_ rows: Matrix) -> Matrix {
        guard visible == .replicatedSoftmax else { return rows }
        return rows.scalingRows(rows.rowSums.map { $0 > 0 ? Self.total / $0 : 0 })
    }

    /// The probability of each hidden unit given rows of the data: `n x hidden`, in `2 n v h` operations.
    package func hidden(of rows: Matrix) -> Matrix {
        hidden(ofClamped: clamped(rows))
    }

    /// The same for rows that are already clamped, or reconstructed.
    package func hidden(ofClamped rows: Matrix) -> Matrix {
        var result = Matrix(rows: rows.rows, columns: weights.columns)
        result.setProduct(rows, weights, alpha: visible == .replicatedSoftmax ? Self.gain : 1)
        let bias = visible == .replicatedSoftmax ? hiddenBias.map { $0 * Self.total } : hiddenBias
        result.activate(.logistic, bias: bias)
        return result
    }

    /// The mean of each visible unit given hidden states or probabilities: `n x visible`; counts sum to `total`.
    package func visible(of hidden: Matrix) -> Matrix {
        var result = Matrix.product(hidden, .asIs, weights, .transposed)
        switch visible {
        case .gaussian: result.activate(.identity, bias: visibleBias)
        case .bernoulli: result.activate(.logistic, bias: visibleBias)
        case .replicatedSoftmax: result.softmaxRows(bias: visibleBias, total: Self.total)
        }
        return result
    }

    /// The mean over all values of the squared difference between rows and their reconstruction by probabilities.
    package func reconstructionError(_ rows: Matrix) -> Double {
        let clamped = clamped(rows)
        let count = max(1, clamped.values.count)
        return Matrix.difference(visible(of: hidden(ofClamped: clamped)), clamped).squaredNorm / Double(count)
    }

    /// Whether every parameter is a finite number.
    package var isFinite: Bool {
        weights.isFinite && visibleBias.allSatisfy(\.isFinite) && hiddenBias.allSatisfy(\.isFinite)
    }
}
