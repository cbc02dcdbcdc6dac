import LinearAlgebra
import Testing

struct DecompositionTests {
    @Test func `Eigenvectors rebuild their symmetric matrix, largest value first`() throws {
        let a = Reference.matrix(9, 9, seed: 1)
        var symmetric = a
        symmetric.add(a.transposed)
        let eigen = try #require(SymmetricEigen(symmetric))
        let rebuilt = Reference.product(
            Reference.product(eigen.vectors.transposed, Reference.diagonal(eigen.values)), eigen.vectors)
        #expect(Reference.difference(rebuilt, symmetric) < 1e-4)
        #expect(eigen.values == eigen.values.sorted(by: >))
    }

    @Test(arguments: [(7, 4), (4, 7), (5, 5), (1, 3)])
    func `Singular vectors rebuild their matrix and are orthonormal`(rows: Int, columns: Int) throws {
        let a = Reference.matrix(rows, columns, seed: 2)
        let svd = try #require(SingularValues(a))
        let rebuilt = Reference.product(Reference.product(svd.left, Reference.diagonal(svd.values)), svd.right)
        #expect(Reference.difference(rebuilt, a) < 1e-5)
        let unit = Reference.diagonal([Float](repeating: 1, count: min(rows, columns)))
        #expect(Reference.difference(Reference.product(svd.left.transposed, svd.left), unit) < 1e-5)
        #expect(Reference.difference(Reference.product(svd.right, svd.right.transposed), unit) < 1e-5)
    }

    @Test func `A ridge solution times its system gives the right side back`() throws {
        let a = Reference.matrix(6, 6, seed: 3)
        let gram = Reference.product(a.transposed, a)
        let right = Reference.matrix(6, 2, seed: 4)
        let solution = try #require(gram.solvingRidge(0.5, right))
        var system = gram
        system.add(Reference.diagonal([Float](repeating: 0.5, count: 6)))
        #expect(Reference.difference(Reference.product(system, solution), right) < 1e-4)
    }

    @Test func `Canonical directions are white under their ridged covariances and correlate as they say`() throws {
        let rows = Reference.matrix(40, 9, seed: 5)
        let gram = Reference.product(rows.transposed, rows)
        let (x, y) = (block(gram, 0..<5, 0..<5), block(gram, 5..<9, 5..<9)), cross = block(gram, 0..<5, 5..<9)
        let (xEigen, yEigen) = (try #require(SymmetricEigen(x)), try #require(SymmetricEigen(y)))
        let found = try #require(CanonicalDirections(x: xEigen, ridge: 2, y: yEigen, ridge: 0.5, cross: cross))
        #expect(found.correlations == found.correlations.sorted(by: >) && found.correlations.count == 4)
        for (covariance, ridge, map) in [(x, Float(2), found.x), (y, 0.5, found.y)] {
            var ridged = covariance
            ridged.add(Reference.diagonal([Float](repeating: ridge, count: ridged.rows)))
            let white = Reference.product(map.transposed, Reference.product(ridged, map))
            #expect(Reference.difference(white, Reference.diagonal([1, 1, 1, 1])) < 1e-4)
        }
        let correlated = Reference.product(found.x.transposed, Reference.product(cross, found.y))
        #expect(Reference.difference(correlated, Reference.diagonal(found.correlations)) < 1e-4)
    }

    private func block(_ matrix: Matrix, _ rows: Range<Int>, _ columns: Range<Int>) -> Matrix {
        Matrix(rows: rows.count, columns: columns.count, values: rows.flatMap { row in columns.map { matrix[row, $0] } })
    }

    @Test func `What is not finite or not positive definite has no decomposition`() {
        let broken = Matrix(rows: 2, columns: 2, values: [1, .nan, 0, 1])
        #expect(SymmetricEigen(broken) == nil)
        #expect(SingularValues(broken) == nil)
        #expect(Matrix(rows: 2, columns: 2, values: [-1, 0, 0, -1]).solvingRidge(0, Matrix(rows: 2, columns: 1)) == nil)
    }

    @Test func `Empty matrices decompose into nothing`() throws {
        #expect(try #require(SymmetricEigen(Matrix(rows: 0, columns: 0))).values.isEmpty)
        #expect(try #require(SingularValues(Matrix(rows: 0, columns: 3))).values.isEmpty)
    }
}
