public import CorrelationLearning
import LinearAlgebra

/// LGCFL: regression of each side to the labels, sparse in local groups of features (Kang, Xiang, Liao, Xu, Pan, IEEE TMM 2015).
///
/// `min ||X W - Y||^2 + l sum_g ||W_g||`, each side alone, `Y` the centred one-hot labels, groups of adjacent standardised columns;
/// by turns `W = (X'X + l D)^-1 X'Y` and `D = 1 / (2 ||W_g||)`. A Cholesky factor of `p x p` a turn. The paper's groups are those
/// of its own features; here their size is a setting.
public struct LocalGroupFeatureLearning: CrossModalMethod {
    public static let name = "LGCFL"
    public static let needsLabels = true
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [LocalGroupFeatureLearning] {
        [1, 4, 16, 64, max(set.images.columns, set.texts.columns)].flatMap { group in
            [10, 30, 100, 300, 1000, 3000, 10_000].map { LocalGroupFeatureLearning(sparsity: $0, groupColumns: group) }
        }
    }

    /// The weight of the norm.
    public var sparsity: Float
    /// Columns in a group.
    public var groupColumns: Int

    private static let turns = 15

    public init(sparsity: Float, groupColumns: Int) { (self.sparsity, self.groupColumns) = (sparsity, groupColumns) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("sparsity", sparsity), TunedNumber("group", groupColumns, in: 1...max(set.images.columns, set.texts.columns))]
    }

    public var settings: String { "sparsity=\(sparsity) group=\(groupColumns)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: name) }
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        let (x, y) = (Regression(image.apply(set.images), set), Regression(text.apply(set.texts), set))
        return try candidates.map {
            guard let imageMap = x.map($0), let textMap = y.map($0) else { throw CrossModalMethodError.notFinite(method: name) }
            return LinearCommonSpace(image: image, text: text, imageMap: imageMap, textMap: textMap)
        }
    }

    /// `X'X` and `X'Y` of one side.
    struct Regression {
        let gram: Matrix, right: Matrix

        init(_ x: Matrix, _ set: PairedFeatures) {
            gram = Matrix.product(x, .transposed, x)
            right = Matrix.product(x, .transposed, set.centredTargets)
        }

        /// `p x classes`, after some turns from `W` with `D = 1`; `nil` when not finite.
        func map(_ method: LocalGroupFeatureLearning, turns: Int = LocalGroupFeatureLearning.turns) -> Matrix? {
            let sparsity = RowSparsity(groupRows: method.groupColumns)
            var weights = [Float](repeating: 1, count: gram.rows)
            var map: Matrix?
            for _ in 0..<turns {
                guard let next = gram.addingDiagonal(weights, scale: method.sparsity).solvingRidge(1e-3, right), next.isFinite else { return nil }
                weights = sparsity.weights(next)
                map = next
            }
            return map
        }
    }
}
