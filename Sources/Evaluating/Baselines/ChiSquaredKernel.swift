import LinearAlgebra

/// The distance of histograms behind the chi-squared kernel `exp(-width d)` (Zhang, Marszalek, Lazebnik, Schmid, IJCV 2007):
/// `d(a, b) = sum (a - b)^2 / (a + b)`, 0 where both are 0.
enum ChiSquaredKernel {
    /// Rows of `b` that stay in the cache while rows of `a` pass.
    private static let blockRows = 32

    /// `n x m`: from each row of `a` (`n x d`) to each of `b` (`m x d`), of numbers that are not negative; `n m d` divisions.
    static func distances(_ a: Matrix, _ b: Matrix) -> Matrix {
        precondition(a.columns == b.columns, "rows of different lengths")
        return fill(a, b) { _ in 0 }
    }

    /// `n x n`: among the rows of `a`, for half the cost.
    static func distances(_ a: Matrix) -> Matrix {
        var result = fill(a, a) { $0 + 1 }
        for row in 0..<a.rows {
            for column in 0..<row { result[row, column] = result[column, row] }
        }
        return result
    }

    private static func fill(_ a: Matrix, _ b: Matrix, from first: (Int) -> Int) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.rows)
        let width = a.columns
        a.values.withUnsafeBufferPointer { aValues in
            b.values.withUnsafeBufferPointer { bValues in
                guard let aBase = aValues.baseAddress, let bBase = bValues.baseAddress else { return }
                for block in stride(from: 0, to: b.rows, by: blockRows) {
                    let end = min(b.rows, block + blockRows)
                    for row in 0..<a.rows {
                        for column in max(block, first(row))..<max(end, block, first(row)) {
                            result[row, column] = distance(aBase + row * width, bBase + column * width, width)
                        }
                    }
                }
            }
        }
        return result
    }

    /// Of two rows of `count` numbers, in one order on every machine.
    private static func distance(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        let nearZero = Float.leastNormalMagnitude  // 0 / 0 becomes 0, all else stays.
        var sums = SIMD8<Float>()
        var index = 0
        while index + 8 <= count {
            let x = UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Float>.self)
            let y = UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Float>.self)
            let difference = x - y
            sums += difference * difference / (x + y + nearZero)
            index += 8
        }
        var sum = sums.sum()
        while index < count {
            let difference = a[index] - b[index]
            sum += difference * difference / (a[index] + b[index] + nearZero)
            index += 1
        }
        return sum
    }
}
