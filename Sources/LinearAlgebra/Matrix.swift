/// A dense matrix: one flat row-major buffer of `rows * columns` floats.
public struct Matrix: Equatable, Sendable {
    public let rows: Int
    public let columns: Int
    /// Row-major values, no padding.
    public var values: [Float]

    /// Takes row-major values; their count must be `rows * columns`.
    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(rows >= 0 && columns >= 0 && values.count == rows * columns, "values do not fit \(rows) x \(columns)")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A matrix of zeros.
    public init(rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
    }

    @inlinable
    public subscript(row: Int, column: Int) -> Float {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// A copy of one row.
    public func row(_ index: Int) -> [Float] {
        Array(values[index * columns..<(index + 1) * columns])
    }

    /// The rows at `indices`, in that order, as a new matrix.
    public func gathering(_ indices: [Int]) -> Matrix {
        var gathered: [Float] = []
        gathered.reserveCapacity(indices.count * columns)
        for index in indices { gathered.append(contentsOf: values[index * columns..<(index + 1) * columns]) }
        return Matrix(rows: indices.count, columns: columns, values: gathered)
    }

    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result.values[column * rows + row] = values[row * columns + column] }
        }
        return result
    }

    /// The inner product of a row and a row of `other`, summed in one order on every machine, wherever the rows lie.
    public func dot(_ row: Int, _ other: borrowing Matrix, _ otherRow: Int) -> Float {
        dot(row, other, otherRow, columns: 0..<columns)
    }

    /// The same of some neighbouring columns.
    public func dot(_ row: Int, _ other: borrowing Matrix, _ otherRow: Int, columns chosen: Range<Int>) -> Float {
        precondition(columns == other.columns && chosen.upperBound <= columns && row < rows && otherRow < other.rows, "rows of different lengths")
        let width = columns, columns = chosen.count
        return values.withUnsafeBufferPointer { a in
            other.values.withUnsafeBufferPointer { b in
                let (a, b) = (a.baseAddress! + row * width + chosen.lowerBound, b.baseAddress! + otherRow * width + chosen.lowerBound)
                var sums = SIMD8<Float>()
                var index = 0
                while index + 8 <= columns {
                    sums += UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Float>.self)
                        * UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Float>.self)
                    index += 8
                }
                var sum = sums.sum()
                while index < columns {
                    sum += a[index] * b[index]
                    index += 1
                }
                return sum
            }
        }
    }
}
