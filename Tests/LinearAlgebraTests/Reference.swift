import LinearAlgebra

/// Slow, plain ways of computing what the library computes, and seeded numbers to compute it of.
enum Reference {
    static func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var state = seed
        return Matrix(
            rows: rows, columns: columns,
            values: (0..<rows * columns).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int64(bitPattern: state) >> 40) * 0x1p-23
            })
    }

    static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.columns)
        for row in 0..<a.rows {
            for column in 0..<b.columns {
                for inner in 0..<a.columns { result[row, column] += a[row, inner] * b[inner, column] }
            }
        }
        return result
    }

    static func difference(_ a: Matrix, _ b: Matrix) -> Float {
        guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
        return zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    static func diagonal(_ values: [Float]) -> Matrix {
        var result = Matrix(rows: values.count, columns: values.count)
        for (index, value) in values.enumerated() { result[index, index] = value }
        return result
    }
}
