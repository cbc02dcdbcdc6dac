public import CorrelationLearning
import LinearAlgebra

/// JRL: sparse maps to labels that keep neighbours and pairs together (Zhai, Peng, Xiao, IEEE TCSVT 2014).
///
/// `min l ||X P - Z Q||^2 + sum over sides of s tr(P'X'L X P) + m ||X P - Y||^2 + g ||P||_{2,1}` with `m = 1`, by turns
/// `P = (g D + s X'L X + (l + m) X'X)^-1 (l X'Z Q + m X'Y)`, `D = 1 / (2 ||row||)`. `L` is the Laplacian of the 100 nearest neighbours,
/// here among training rows alone: the paper also takes the rows to be scored. A Cholesky factor of `p x p` a turn and side.
public struct JointRepresentationLearning: CrossModalMethod {
    public static let name = "JRL"
    public static let needsLabels = true
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [JointRepresentationLearning] {
        [10, 30, 100, 300, 1000].flatMap { sparsity in
            [1, 0, 10].flatMap { graph in
                [1, 0, 0.1, 10].flatMap { pairs in
                    [false, true].map { JointRepresentationLearning(sparsity: sparsity, graph: graph, pairs: pairs, votes: $0) }
                }
            }
        }
    }

    /// The weights `g`, `s` and `l`.
    public var sparsity: Float, graph: Float, pairs: Float
    /// Whether codes are the labels of the nearest training rows, as in the paper, or the mapped rows themselves.
    public var votes: Bool

    private static let neighbours = 100
    private static let turns = 5

    public init(sparsity: Float, graph: Float, pairs: Float, votes: Bool) {
        (self.sparsity, self.graph, self.pairs, self.votes) = (sparsity, graph, pairs, votes)
    }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("sparsity", sparsity), TunedNumber("graph", graph), TunedNumber("pairs", pairs)]
    }

    public var settings: String { "sparsity=\(sparsity) graph=\(graph) pairs=\(pairs) \(votes ? "votes" : "cosine")" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: name) }
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        let (x, z) = (image.apply(set.images), text.apply(set.texts))
        let problem = Problem(x, z, set.centredTargets, neighbours: neighbours)
        // Candidates that differ in how codes are compared share their maps.
        var last: (method: JointRepresentationLearning, maps: (image: Matrix, text: Matrix))?
        return try candidates.map { candidate in
            let known = last.flatMap { $0.method.solves(like: candidate) ? $0.maps : nil }
            guard let maps = known ?? problem.solve(candidate, turns: turns) else { throw CrossModalMethodError.notFinite(method: name) }
            last = (candidate, maps)
            let space = LinearCommonSpace(image: image, text: text, imageMap: maps.image, textMap: maps.text)
            guard candidate.votes else { return space }
            return LabelVotes(space: space, known: space.codes(set), targets: set.targets, neighbours: neighbours)
        }
    }

    private func solves(like other: Self) -> Bool { (sparsity, graph, pairs) == (other.sparsity, other.graph, other.pairs) }

    /// The products of one set that all settings share.
    struct Problem {
        struct Side { var gram: Matrix, graph: Matrix, right: Matrix }

        let image: Side, text: Side
        /// `X'Z`, and `||Y||^2`.
        let cross: Matrix, targetSquares: Double

        init(_ x: Matrix, _ z: Matrix, _ targets: Matrix, neighbours: Int) {
            func side(_ x: Matrix) -> Side {
                let smooth = NeighbourGraph.laplacian(of: x, neighbours: neighbours, times: x)
                return Side(
                    gram: Matrix.product(x, .transposed, x), graph: Matrix.product(x, .transposed, smooth),
                    right: Matrix.product(x, .transposed, targets))
            }
            (image, text, cross) = (side(x), side(z), Matrix.product(x, .transposed, z))
            targetSquares = targets.values.reduce(0) { $0 + Double($1) * Double($1) }
        }

        /// After some turns of both sides; `nil` when not finite.
        func solve(_ method: JointRepresentationLearning, turns: Int) -> (image: Matrix, text: Matrix)? {
            var p = Matrix(rows: image.gram.rows, columns: image.right.columns)
            var q = Matrix(rows: text.gram.rows, columns: text.right.columns)
            let turned = cross.transposed
            for turn in 0..<turns {
                guard let nextP = Self.step(image, cross, q, p, method, isFirst: turn == 0) else { return nil }
                p = nextP
                guard let nextQ = Self.step(text, turned, p, q, method, isFirst: turn == 0) else { return nil }
                q = nextQ
            }
            return (p, q)
        }

        private static func step(
            _ side: Side, _ cross: Matrix, _ other: Matrix, _ map: Matrix, _ method: JointRepresentationLearning, isFirst: Bool
        ) -> Matrix? {
            // Without maps yet there are no pairs to hold together, and all rows weigh the same.
            let pairs = isFirst && other.values.allSatisfy { $0 == 0 } ? 0 : method.pairs
            let weights = isFirst ? [Float](repeating: 1, count: map.rows) : RowSparsity(groupRows: 1).weights(map)
            var system = side.gram.addingDiagonal(weights, scale: method.sparsity)
            system.add(side.gram, scale: pairs)
            system.add(side.graph, scale: method.graph)
            var right = side.right
            right.setProduct(cross, other, alpha: pairs, beta: 1)
            return system.solvingRidge(1e-3, right).flatMap { $0.isFinite ? $0 : nil }
        }

        /// What the turns make smaller.
        func objective(_ method: JointRepresentationLearning, _ p: Matrix, _ q: Matrix) -> Double {
            func form(_ a: Matrix, _ m: Matrix, _ b: Matrix) -> Double {
                zip(a.values, Matrix.product(m, b).values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            func own(_ side: Side, _ map: Matrix) -> Double {
                let toLabels = form(map, side.gram, map) + targetSquares - 2 * zip(map.values, side.right.values).reduce(0) { $0 + Double($1.0 * $1.1) }
                return toLabels + Double(method.graph) * form(map, side.graph, map) + Double(method.sparsity) * RowSparsity(groupRows: 1).norm(map)
            }
            let apart = form(p, image.gram, p) + form(q, text.gram, q) - 2 * form(p, cross, q)
            return own(image, p) + own(text, q) + Double(method.pairs) * apart
        }
    }
}
