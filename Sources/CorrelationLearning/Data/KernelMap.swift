import Glibc
package import LinearAlgebra

/// Explicit features of a kernel between rows and landmarks: products of features are close to kernel values (kernel PCA,
/// Schölkopf, Smola, Müller 1998; Nyström, Williams, Seeger 2001).
///
/// The kernel is `e^(-w d)`, `d` relative to the mean distance among the landmarks. Distances are chi-squared where no feature is
/// negative (histograms, topics, weights of words: Zhang et al., IJCV 2007), else Euclidean squares of standardised features.
/// Costs a decomposition of `L x L` for `L` landmarks, then `L d` and `2 L r` operations for each row.
package struct KernelMap: Equatable, Sendable {
    /// `L x d`: the landmarks, standardised where distances are Euclidean.
    package let landmarks: Matrix
    /// `L x r`: kernel values to features.
    package let projection: Matrix
    /// The kernel's width divided by the mean distance.
    package let rate: Float
    /// Mean and inverse deviation of each feature where distances are Euclidean; empty for chi-squared.
    package let mean: [Float], scale: [Float]

    package init(landmarks: Matrix, projection: Matrix, rate: Float, mean: [Float], scale: [Float]) {
        precondition(projection.rows == landmarks.rows && mean.count == scale.count, "parts of a kernel map do not fit each other")
        self.landmarks = landmarks
        self.projection = projection
        self.rate = rate
        self.mean = mean
        self.scale = scale
    }

    /// Learns from rows (`n x d`): of more than `landmarks` an even choice serves. `nil` when a number is not finite.
    package init?(learning rows: Matrix, width: Float, rank: Int = 400, landmarks most: Int = 2500) {
        guard rows.isFinite else { return nil }
        self.init(Distances(rows, landmarks: most), width: width, rank: rank)
    }

    /// Takes distances that several widths share.
    package init?(_ distances: Distances, width: Float, rank: Int = 400) {
        let count = max(1, distances.among.values.count)
        let mean = distances.among.values.reduce(0.0) { $0 + Double($1) } / Double(count)
        let rate = mean > 1e-20 ? width / Float(mean) : 0
        guard distances.among.isFinite, rate.isFinite, let eigen = SymmetricEigen(Self.kernel(distances.among, rate)) else { return nil }
        let kept = eigen.values.prefix(rank).prefix { $0 > 1e-5 * max(1e-20, eigen.values[0]) }
        let projection = eigen.vectors.gathering(Array(kept.indices)).scalingRows(kept.map { 1 / sqrtf($0) }).transposed
        self.init(landmarks: distances.landmarks, projection: projection, rate: rate, mean: distances.mean, scale: distances.scale)
    }

    /// How many features a row has (`r`).
    package var count: Int { projection.columns }

    /// `n x r` features of `n x d` rows.
    package func features(of rows: Matrix) -> Matrix {
        let distances = mean.isEmpty
            ? Matrix.chiSquaredDistances(rows, landmarks)
            : Distances.squares(Distances.standardised(rows, mean, scale), landmarks)
        return Matrix.product(Self.kernel(distances, rate), projection)
    }

    private static func kernel(_ distances: Matrix, _ rate: Float) -> Matrix {
        var kernel = distances.scalingRows([Float](repeating: -rate, count: distances.rows))
        kernel.exponentiate()
        return kernel
    }

    /// Landmarks and the distances among them.
    package struct Distances: Sendable {
        package let landmarks: Matrix
        package let among: Matrix
        package let mean: [Float], scale: [Float]

        package init(_ rows: Matrix, landmarks most: Int) {
            let count = min(rows.rows, most)
            // Even steps: near duplicates mostly lie side by side.
            let chosen = rows.gathering((0..<count).map { $0 * rows.rows / max(1, count) })
            if rows.values.allSatisfy({ $0 >= 0 }) {
                (mean, scale) = ([], [])
                landmarks = chosen
                among = Matrix.chiSquaredDistances(chosen, chosen)
            } else {
                let share = 1 / Float(max(1, rows.rows))
                mean = rows.columnSums.map { $0 * share }
                var squares = [Float](repeating: 0, count: rows.columns)
                for row in 0..<rows.rows {
                    for column in squares.indices {
                        let difference = rows[row, column] - mean[column]
                        squares[column] += difference * difference * share
                    }
                }
                scale = squares.map { $0 > 1e-20 ? 1 / sqrtf($0) : 0 }
                landmarks = Self.standardised(chosen, mean, scale)
                among = Self.squares(landmarks, landmarks)
            }
        }

        static func standardised(_ rows: Matrix, _ mean: [Float], _ scale: [Float]) -> Matrix {
            var result = rows
            result.addToRows(mean, scale: -1)
            return result.scalingColumns(scale)
        }

        /// Squared distances, by `|a|^2 + |b|^2 - 2 a b`.
        static func squares(_ a: Matrix, _ b: Matrix) -> Matrix {
            var result = Matrix(rows: a.rows, columns: b.rows)
            result.setProduct(a, .asIs, b, .transposed, alpha: -2)
            result.addToRows(b.rowNorms.map { $0 * $0 })
            let norms = a.rowNorms.map { $0 * $0 }
            for row in 0..<a.rows {
                for column in 0..<b.rows { result[row, column] = max(0, result[row, column] + norms[row]) }
            }
            return result
        }
    }
}
