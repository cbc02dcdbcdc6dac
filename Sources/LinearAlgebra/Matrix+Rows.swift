import COpenBLAS

extension Matrix {
    /// Whether no value is infinite or not a number.
    public var isFinite: Bool { values.allSatisfy(\.isFinite) }

    /// The Euclidean length of each row.
    public var rowNorms: [Float] {
        values.withUnsafeBufferPointer { all in
            (0..<rows).map { row in
                guard let base = all.baseAddress else { return 0 }
                return cblas_snrm2(Int32(columns), base + row * columns, 1)
            }
        }
    }

    /// The rows scaled to length one; a row shorter than `1e-12` becomes zeros.
    public var normalizingRows: Matrix {
        scalingRows(rowNorms.map { $0 > 1e-12 ? 1 / $0 : 0 })
    }

    /// Each row multiplied by its own factor; `factors` has `rows` values.
    public func scalingRows(_ factors: [Float]) -> Matrix {
        precondition(factors.count == rows, "\(factors.count) factors do not fit \(rows) rows")
        var result = self
        result.values.withUnsafeMutableBufferPointer { all in
            guard let base = all.baseAddress else { return }
            for row in 0..<rows { cblas_sscal(Int32(columns), factors[row], base + row * columns, 1) }
        }
        return result
    }

    /// Each column multiplied by its own factor; `factors` has `columns` values.
    public func scalingColumns(_ factors: [Float]) -> Matrix {
        precondition(factors.count == columns, "\(factors.count) factors do not fit \(columns) columns")
        var result = self
        result.values.withUnsafeMutableBufferPointer { all in
            guard let base = all.baseAddress else { return }
            for column in 0..<columns { cblas_sscal(Int32(rows), factors[column], base + column, Int32(columns)) }
        }
        return result
    }

    /// The sum of the rows, each times its weight: `columns` values.
    public func weightedRowSum(_ weights: [Float]) -> [Float] {
        Matrix.product(Matrix(rows: 1, columns: weights.count, values: weights), self).values
    }

    /// The sum of each row: `rows` values.
    public var rowSums: [Float] {
        Matrix.product(self, Matrix(rows: columns, columns: 1, values: [Float](repeating: 1, count: columns))).values
    }

    /// The sum of each column: `columns` values.
    public var columnSums: [Float] { weightedRowSum([Float](repeating: 1, count: rows)) }

    /// Adds `scale * vector` to every row; `vector` has `columns` values.
    public mutating func addToRows(_ vector: [Float], scale: Float = 1) {
        setProduct(
            Matrix(rows: rows, columns: 1, values: [Float](repeating: 1, count: rows)),
            Matrix(rows: 1, columns: columns, values: vector), alpha: scale, beta: 1)
    }

    /// Adds `scale * vector` to every column; `vector` has `rows` values.
    public mutating func addToColumns(_ vector: [Float], scale: Float = 1) {
        setProduct(
            Matrix(rows: rows, columns: 1, values: vector),
            Matrix(rows: 1, columns: columns, values: [Float](repeating: 1, count: columns)), alpha: scale, beta: 1)
    }

    /// Adds `scale` times a row of `other` to a row of this matrix; both have the same columns.
    public mutating func addRow(_ row: Int, of other: borrowing Matrix, at source: Int, scale: Float) {
        precondition(columns == other.columns && row < rows && source < other.rows, "rows do not fit")
        let (count, target, origin) = (columns, row * columns, source * columns)
        other.values.withUnsafeBufferPointer { from in
            values.withUnsafeMutableBufferPointer { to in
                guard let from = from.baseAddress, let to = to.baseAddress else { return }
                cblas_saxpy(Int32(count), scale, from + origin, 1, to + target, 1)
            }
        }
    }

    /// Adds `scale * other` to this matrix, element by element; the shapes are equal.
    public mutating func add(_ other: borrowing Matrix, scale: Float = 1) {
        precondition(rows == other.rows && columns == other.columns, "shapes differ")
        let count = rows * columns
        other.values.withUnsafeBufferPointer { from in
            values.withUnsafeMutableBufferPointer { to in
                cblas_saxpy(Int32(count), scale, from.baseAddress, 1, to.baseAddress, 1)
            }
        }
    }
}
