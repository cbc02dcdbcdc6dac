package import LinearAlgebra

/// The default's features: those of a kernel between rows and landmarks (`LandmarkMap`).
///
/// The kernel is `e^(-w d)`, `d` relative to the mean distance among the landmarks. Distances are chi-squared where no feature is
/// negative (histograms, topics, weights of words: Zhang et al., IJCV 2007), else Euclidean squares of standardised features.
/// Costs a decomposition of `L x L` for `L` landmarks, then `L d` and `2 L r` operations for each row.
package struct KernelMap: Equatable, Sendable {
    /// `L x d`: the landmarks, standardised where distances are Euclidean.
    package let landmarks: Matrix
    private let map: LandmarkMap
    /// The kernel's width divided by the mean distance.
    package let rate: Float
    /// What brings rows to where distances are Euclidean; `nil` for chi-squared.
    private let standard: Standardisation?

    /// Learns from rows (`n x d`): of more than `landmarks` an even choice serves. `nil` when a number is not finite.
    package init?(learning rows: Matrix, width: Float, rank: Int = 400, landmarks most: Int = 2500) {
        guard rows.isFinite else { return nil }
        self.init(Distances(rows, landmarks: most), width: width, rank: rank)
    }

    private init?(_ distances: Distances, width: Float, rank: Int) {
        let count = max(1, distances.among.values.count)
        let mean = distances.among.values.reduce(0.0) { $0 + Double($1) } / Double(count)
        let rate = mean > 1e-20 ? width / Float(mean) : 0
        guard distances.among.isFinite, rate.isFinite,
            let map = LandmarkMap(among: Self.kernel(distances.among, rate), rank: rank, above: 1e-5)
        else { return nil }
        self.map = map
        self.rate = rate
        (landmarks, standard) = (distances.landmarks, distances.standard)
    }

    /// How many features a row has (`r`).
    package var count: Int { map.count }

    /// `n x r` features of `n x d` rows, of length one as the kernel has it (`k(x, x) = 1`).
    ///
    /// What few landmarks cannot express makes a row shorter, most of all one that is no landmark itself: what was calibrated on landmarks
    /// would not hold for it.
    package func features(of rows: Matrix) -> Matrix {
        let distances = standard.map { Matrix.squaredDistances($0.apply(rows), landmarks) } ?? Matrix.chiSquaredDistances(rows, landmarks)
        return map.features(of: Self.kernel(distances, rate)).normalizingRows
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
        fileprivate let standard: Standardisation?

        package init(_ rows: Matrix, landmarks most: Int) {
            let count = min(rows.rows, most)
            // Even steps: near duplicates mostly lie side by side.
            let chosen = rows.gathering((0..<count).map { $0 * rows.rows / max(1, count) })
            if rows.values.allSatisfy({ $0 >= 0 }) {
                (landmarks, standard) = (chosen, nil)
                among = Matrix.chiSquaredDistances(chosen, chosen)
            } else {
                let standard = Standardisation(rows)
                (landmarks, self.standard) = (standard.apply(chosen), standard)
                among = Matrix.squaredDistances(landmarks, landmarks)
            }
        }
    }
}
