import LinearAlgebra
import Testing

struct RowTests {
    let a = Matrix(rows: 2, columns: 3, values: [3, 0, 4, 0, 0, 0])

    @Test func `Rows get length one, and a zero row stays zero`() {
        #expect(a.rowNorms == [5, 0])
        #expect(Reference.difference(a.normalizingRows, Matrix(rows: 2, columns: 3, values: [0.6, 0, 0.8, 0, 0, 0])) < 1e-6)
    }

    @Test func `Sums and scales follow rows and columns`() {
        #expect(a.rowSums == [7, 0])
        #expect(a.columnSums == [3, 0, 4])
        #expect(a.weightedRowSum([2, 1]) == [6, 0, 8])
        #expect(a.scalingRows([2, 1]).values == [6, 0, 8, 0, 0, 0])
        #expect(a.scalingColumns([1, 1, 0.5]).values == [3, 0, 2, 0, 0, 0])
    }

    @Test func `Rows and matrices add in place`() {
        var sum = a
        sum.addToRows([1, 2, 3], scale: 2)
        #expect(sum.values == [5, 4, 10, 2, 4, 6])
        sum.addRow(1, of: a, at: 0, scale: -1)
        #expect(sum.values == [5, 4, 10, -1, 4, 2])
        sum.add(a, scale: -1)
        #expect(sum.values == [2, 4, 6, -1, 4, 2])
    }

    @Test func `A matrix with an undefined value is not finite`() {
        #expect(a.isFinite)
        #expect(!Matrix(rows: 1, columns: 1, values: [.nan]).isFinite)
    }
}
