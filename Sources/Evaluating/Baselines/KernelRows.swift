import CorrelationLearning
import Glibc
import LinearAlgebra
import Synchronization

/// The kernels of the baselines.
enum RowKernel: Hashable, Sendable {
    /// `exp(-width d)`: `d` is the chi-squared distance of rows divided by their sum where features are not negative, else the
    /// squared distance of standardised rows divided by its median among training rows (RBF).
    case exponential(width: Float)
    /// `(1 + a b / p)^degree` of standardised rows.
    case polynomial(degree: Int)

    var label: String {
        switch self {
        case .exponential(let width): "width=\(width)"
        case .polynomial(let degree): "degree=\(degree)"
        }
    }
}

/// The rows of one side that a kernel method learns from, and the kernel from any rows to them.
///
/// What all settings share (distances, products) is computed once; for other rows it is kept until rows of another set come.
final class KernelRows: Sendable {
    private enum Basis {
        case chiSquared
        case squares(Standardisation, median: Float)
        case products(Standardisation)
    }

    private let basis: Basis
    /// `n x p`, as the basis takes them.
    private let rows: Matrix
    private let last = Mutex<(rows: Matrix, basis: Matrix)?>(nil)

    /// For kernels of the kind of `kernel`, from `n x p` features.
    convenience init(_ features: Matrix, for kernel: RowKernel) {
        let standard = Standardisation(features)
        if case .polynomial = kernel {
            self.init(.products(standard), standard.apply(features))
        } else if features.values.allSatisfy({ $0 >= 0 }) {
            self.init(.chiSquared, Self.shares(features))
        } else {
            let rows = standard.apply(features)
            self.init(.squares(standard, median: Self.medianSquare(rows)), rows)
        }
    }

    private init(_ basis: Basis, _ rows: Matrix) { (self.basis, self.rows) = (basis, rows) }

    /// Only some of the rows, at their old scale.
    func gathering(_ indices: [Int]) -> KernelRows { KernelRows(basis, rows.gathering(indices)) }

    /// `n x n`: among these rows.
    func values(_ kernel: RowKernel) -> Matrix { Self.values(kernel, between(rows)) }

    /// `m x n`: from each of `features` (`m x p`) to these rows.
    func values(_ kernel: RowKernel, of features: Matrix) -> Matrix {
        let known = last.withLock { $0?.rows == features ? $0?.basis : nil }
        let found = known ?? between(prepared(features))
        if known == nil { last.withLock { $0 = (features, found) } }
        return Self.values(kernel, found)
    }

    private static func values(_ kernel: RowKernel, _ basis: Matrix) -> Matrix {
        switch kernel {
        case .exponential(let width):
            var result = basis.scalingRows([Float](repeating: -width, count: basis.rows))
            result.exponentiate()
            return result
        case .polynomial(let degree):
            var result = basis
            for index in result.values.indices { result.values[index] = powf(1 + result.values[index], Float(degree)) }
            return result
        }
    }

    private func prepared(_ features: Matrix) -> Matrix {
        switch basis {
        case .chiSquared: Self.shares(features)
        case .squares(let standard, _), .products(let standard): standard.apply(features)
        }
    }

    private func between(_ others: Matrix) -> Matrix {
        switch basis {
        case .chiSquared: return Matrix.chiSquaredDistances(others, rows)
        case .squares(_, let median):
            return Matrix.squaredDistances(others, rows).scalingRows([Float](repeating: 1 / median, count: others.rows))
        case .products:
            var result = Matrix(rows: others.rows, columns: rows.rows)
            result.setProduct(others, .asIs, rows, .transposed, alpha: 1 / Float(max(1, rows.columns)))
            return result
        }
    }

    /// Rows divided by their sum; what is negative counts as 0.
    private static func shares(_ features: Matrix) -> Matrix {
        var rows = features
        for index in rows.values.indices { rows.values[index] = max(0, rows.values[index]) }
        return rows.scalingRows(rows.rowSums.map { $0 > 1e-20 ? 1 / $0 : 0 })
    }

    /// The median squared distance among 300 rows at even steps; 1 when that is 0.
    private static func medianSquare(_ rows: Matrix) -> Float {
        let some = rows.gathering(Array(stride(from: 0, to: rows.rows, by: max(1, rows.rows / 300))))
        let distances = Matrix.squaredDistances(some, some)
        let different = (0..<some.rows).flatMap { row in (0..<row).map { distances[row, $0] } }.sorted()
        let median = different.isEmpty ? 0 : different[different.count / 2]
        return median > 0 ? median : 1
    }
}
