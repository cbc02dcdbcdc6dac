import CKernels

extension Matrix {
    /// `self = alpha * (a - b) + beta * self`, element by element; all three have one shape.
    public mutating func setDifference(_ a: borrowing Matrix, _ b: borrowing Matrix, alpha: Float = 1, beta: Float = 0) {
        precondition(rows == a.rows && columns == a.columns && rows == b.rows && columns == b.columns, "shapes differ")
        let count = rows * columns
        a.values.withUnsafeBufferPointer { a in
            b.values.withUnsafeBufferPointer { b in
                values.withUnsafeMutableBufferPointer { out in
                    guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else { return }
                    kernel_difference(out, a, b, count, alpha, beta)
                }
            }
        }
    }

    /// `alpha * (a - b)` as a new matrix; both have one shape.
    public static func difference(_ a: borrowing Matrix, _ b: borrowing Matrix, alpha: Float = 1) -> Matrix {
        var result = Matrix(rows: a.rows, columns: a.columns)
        result.setDifference(a, b, alpha: alpha)
        return result
    }

    /// `sums = alpha * (sum of the rows) + beta * sums`; `sums` has `columns` values. Rows add up from the first to the last.
    public func addColumnSums(to sums: inout [Float], alpha: Float = 1, beta: Float = 1) {
        precondition(sums.count == columns, "\(sums.count) sums do not fit \(columns) columns")
        values.withUnsafeBufferPointer { x in
            sums.withUnsafeMutableBufferPointer { sums in
                guard let target = sums.baseAddress, let x = x.baseAddress ?? UnsafePointer(sums.baseAddress) else { return }
                kernel_column_sums(target, x, rows, columns, alpha, beta)
            }
        }
    }

    /// A matrix of this shape whose values are 1 with the probability that stands here, else 0.
    ///
    /// The random number of a place depends on `key` and the place alone. At most 2^32 values.
    public func sampledBernoulli(key: UInt64) -> Matrix {
        var sample = Matrix(rows: rows, columns: columns)
        let count = rows * columns
        precondition(count <= Int(UInt32.max), "too many values for one key")
        values.withUnsafeBufferPointer { p in
            sample.values.withUnsafeMutableBufferPointer { x in
                guard let p = p.baseAddress, let x = x.baseAddress else { return }
                kernel_bernoulli(x, p, count, key)
            }
        }
        return sample
    }

    /// The sum of the squares of all values, in double precision.
    public var squaredNorm: Double {
        var sum = 0.0
        for value in values { sum += Double(value) * Double(value) }
        return sum
    }
}
