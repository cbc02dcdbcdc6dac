import CorrelationLearning
import LinearAlgebra

/// Machines of one side, one over another, on standardised features: what the belief-net rivals begin with.
struct BeliefLayers {
    private let standard: Standardisation
    private let machines: [RestrictedBoltzmannMachine]

    /// A Gaussian machine, then Bernoulli ones, of those widths.
    init(_ rows: Matrix, widths: [Int], steps: Int, seed: UInt64) {
        standard = Standardisation(rows)
        var machines: [RestrictedBoltzmannMachine] = []
        var states = standard.apply(rows)
        for (index, width) in widths.enumerated() {
            let machine = RestrictedBoltzmannTraining.learn(
                states, visible: index == 0 ? .gaussian : .bernoulli, hidden: width, rule: Self.rule(rate: index == 0 ? 0.002 : 0.05, steps: steps),
                seed: seed &+ UInt64(index))
            states = machine.hidden(of: states)
            machines.append(machine)
        }
        self.machines = machines
    }

    /// Hidden probabilities of the top machine.
    func states(of rows: Matrix) -> Matrix { machines.reduce(standard.apply(rows)) { $1.hidden(of: $0) } }

    var isFinite: Bool { machines.allSatisfy(\.isFinite) }

    static func rule(rate: Float, steps: Int) -> DivergenceRule {
        DivergenceRule(
            descent: DescentRule(
                rate: rate, fall: .inverse(steps: Float(steps)), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: Float(steps) / 4, decay: 1e-4),
            batchSize: 100, steps: steps)
    }
}

extension Matrix {
    /// The columns of two matrices side by side.
    func joiningColumns(_ other: Matrix) -> Matrix {
        precondition(rows == other.rows, "matrices side by side have as many rows")
        var result = Matrix(rows: rows, columns: columns + other.columns)
        for row in 0..<rows {
            result.values.replaceSubrange(row * result.columns..<(row + 1) * result.columns, with: self.row(row) + other.row(row))
        }
        return result
    }
}
