import Glibc
import LinearAlgebra
import Testing

/// The vectorised loops over values, against the C library in double precision, for lengths around the vector widths.
struct ElementwiseTests {
    /// Rows of seeded values in -12..<12, the function's interesting range and its ends.
    private static func values(_ columns: Int) -> Matrix {
        var matrix = Reference.matrix(3, columns, seed: UInt64(columns + 1))
        for index in matrix.values.indices { matrix.values[index] *= 12 }
        return matrix
    }

    private static func biases(_ columns: Int) -> [Float] { (0..<columns).map { Float($0 % 5) - 2 } }

    @Test(arguments: [0, 1, 7, 8, 15, 16, 31, 33])
    func `Activations are within a millionth of the C library, with a bias and without`(columns: Int) {
        let functions: [(Activation, (Double) -> Double)] = [
            (.identity, { $0 }), (.logistic, { 1 / (1 + Glibc.exp(-$0)) }), (.tanh, { Glibc.tanh($0) }), (.rectifier, { max(0, $0) }),
        ]
        let (input, bias) = (Self.values(columns), Self.biases(columns))
        for (activation, function) in functions {
            var (plain, shifted) = (input, input)
            plain.activate(activation)
            shifted.activate(activation, bias: bias)
            for (index, x) in input.values.enumerated() {
                #expect(abs(Double(plain.values[index]) - function(Double(x))) < 1e-6, "\(activation) at \(x)")
                #expect(abs(Double(shifted.values[index]) - function(Double(x + bias[index % columns]))) < 1e-6, "\(activation) at \(x)")
            }
        }
    }

    @Test func `Activations saturate at the ends of the number range and stay finite`() {
        let ends = Matrix(rows: 1, columns: 4, values: [-1e30, -100, 100, 1e30])
        for (activation, expected) in [(Activation.logistic, [0, 0, 1, 1] as [Float]), (.tanh, [-1, -1, 1, 1] as [Float])] {
            var result = ends
            result.activate(activation)
            #expect(zip(result.values, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(activation): \(result.values)")
        }
    }

    @Test(arguments: [1, 7, 16, 33])
    func `Exponentials are within three parts in ten million`(columns: Int) {
        var result = Self.values(columns)
        for index in result.values.indices { result.values[index] *= 7 }
        let input = result
        result.exponentiate()
        for (x, y) in zip(input.values, result.values) { #expect(abs(Double(y) / Glibc.exp(Double(x)) - 1) < 3e-7, "e^\(x)") }
    }

    @Test(arguments: [1, 7, 16, 17, 40])
    func `Softmax rows have their total and the ratios of exponentials`(columns: Int) {
        let (input, bias) = (Self.values(columns), Self.biases(columns))
        var result = input
        result.softmaxRows(bias: bias, total: 100)
        for row in 0..<3 {
            let powers = (0..<columns).map { Glibc.exp(Double(input[row, $0]) + Double(bias[$0])) }
            let sum = powers.reduce(0, +)
            for column in 0..<columns { #expect(abs(Double(result[row, column]) - 100 * powers[column] / sum) < 1e-4) }
        }
        var huge = Matrix(rows: 1, columns: 2, values: [3e4, 3e4])
        huge.softmaxRows()
        #expect(huge.values == [0.5, 0.5])
    }

    @Test(arguments: [0, 1, 7, 17, 33])
    func `Differences and column sums mix with what was there`(columns: Int) {
        let (a, b, start) = (Self.values(columns), Reference.matrix(3, columns, seed: 8), Reference.matrix(3, columns, seed: 9))
        var mixed = start
        mixed.setDifference(a, b, alpha: 0.5, beta: 2)
        for index in mixed.values.indices {
            #expect(abs(mixed.values[index] - (0.5 * (a.values[index] - b.values[index]) + 2 * start.values[index])) < 1e-4)
        }
        #expect(Matrix.difference(a, b).values == zip(a.values, b.values).map { $0 - $1 })
        var sums = start.row(0)
        a.addColumnSums(to: &sums, alpha: 3, beta: 0.5)
        for column in 0..<columns {
            #expect(abs(sums[column] - (3 * (a[0, column] + a[1, column] + a[2, column]) + 0.5 * start[0, column])) < 1e-4)
        }
        // What is not read may be anything.
        var unread = Matrix(rows: 3, columns: columns, values: [Float](repeating: .nan, count: 3 * columns))
        unread.setDifference(a, b)
        #expect(unread == Matrix.difference(a, b))
    }

    @Test func `Draws have the frequency of their probability, and depend on key and place alone`() {
        let probabilities = Matrix(rows: 4, columns: 5000, values: ([0, 0.1, 0.7, 1] as [Float]).flatMap { [Float](repeating: $0, count: 5000) })
        let draws = probabilities.sampledBernoulli(key: 5)
        #expect(draws.values.allSatisfy { $0 == 0 || $0 == 1 })
        for (row, expected) in [0, 0.1, 0.7, 1].enumerated() {
            #expect(abs(Double(draws.rowSums[row]) / 5000 - expected) < 4 * (expected * (1 - expected) / 5000).squareRoot() + 1e-9)
        }
        #expect(draws == probabilities.sampledBernoulli(key: 5))
        #expect(draws != probabilities.sampledBernoulli(key: 6))
        #expect(draws != probabilities.sampledBernoulli(key: 5 + 1 << 32))
        #expect(probabilities.gathering([0, 1]).sampledBernoulli(key: 5).values == Array(draws.values.prefix(10_000)))
    }

    @Test(arguments: [false, true], [1, 37])
    func `AdamW moves numbers as its paper says, its decay pulling to where they began or to zero`(hasOrigin: Bool, count: Int) {
        let start = Reference.matrix(1, count, seed: 7).values
        var (values, first, second) = (start, [Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        var (w, m, v) = (start.map(Double.init), [Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for step in 1...20 {
            let gradient = Reference.matrix(1, count, seed: UInt64(10 + step)).values
            DescentSteps.adamW(
                &values, gradient: gradient, first: &first, second: &second, step: step, rate: 0.02, decay: 0.3, origin: hasOrigin ? start : nil)
            for place in 0..<count {
                let g = Double(gradient[place])
                m[place] = 0.9 * m[place] + 0.1 * g
                v[place] = 0.999 * v[place] + 0.001 * g * g
                let (mean, square) = (m[place] / (1 - pow(0.9, Double(step))), v[place] / (1 - pow(0.999, Double(step))))
                let away = w[place] - (hasOrigin ? Double(start[place]) : 0)
                w[place] -= 0.02 * (mean / (square.squareRoot() + 1e-8) + 0.3 * away)
            }
        }
        #expect(zip(values, w).allSatisfy { abs(Double($0) - $1) < 1e-5 }, "\(values) \(w)")
    }
}
