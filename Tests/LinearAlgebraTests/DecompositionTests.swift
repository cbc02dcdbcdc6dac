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
