import Glibc
import LinearAlgebra
import Testing

@testable import CorrelationLearning

struct RestrictedBoltzmannMachineTests {
    private static func machine(_ visible: RestrictedBoltzmannMachine.Visible) -> RestrictedBoltzmannMachine {
        var generator = SeededGenerator(seed: 1)
        return RestrictedBoltzmannMachine(
            visible: visible, weights: WeightStart.normal(0.1).matrix(inputs: 4, outputs: 3, generator: &generator),
            visibleBias: [0.1, -0.2, 0.3, 0], hiddenBias: visible == .replicatedSoftmax ? [0.001, -0.002, 0.003] : [0.1, -0.2, 0.3])
    }

    private static func rows(_ visible: RestrictedBoltzmannMachine.Visible, _ count: Int) -> Matrix {
        var generator = SeededGenerator(seed: 2)
        let values = (0..<4 * count).map { _ in
            switch visible {
            case .gaussian: generator.normal()
            case .bernoulli: generator.uniform()
            case .replicatedSoftmax: Float(generator.next() % 7)
            }
        }
        return Matrix(rows: count, columns: 4, values: values)
    }

    /// The machine of CCL's notes, with its options written out for single numbers.
    private struct Slow {
        var w: [[Double]], a: [Double], b: [Double]
        var dw = [[Double]](repeating: [0, 0, 0], count: 4), da = [0.0, 0, 0], db = [0.0, 0, 0, 0], activity: [Double]
        let kind: RestrictedBoltzmannMachine.Visible

        init(_ machine: RestrictedBoltzmannMachine, activity: Double) {
            w = (0..<4).map { row in machine.weights.row(row).map(Double.init) }
            (a, b, kind) = (machine.hiddenBias.map(Double.init), machine.visibleBias.map(Double.init), machine.visible)
            self.activity = [Double](repeating: activity, count: 3)
        }

        func hidden(_ v: [Double]) -> [Double] {
            let (gain, total) = kind == .replicatedSoftmax ? (10.0, 100.0) : (1, 1)
            return (0..<3).map { j in
                let input = gain * sum(4) { v[$0] * w[$0][j] } + total * a[j]
                return 1 / (1 + exp(-input))
            }
        }

        func visible(_ h: [Double]) -> [Double] {
            let inputs = (0..<4).map { i in b[i] + sum(3) { w[i][$0] * h[$0] } }
            switch kind {
            case .gaussian: return inputs
            case .bernoulli: return inputs.map { 1 / (1 + exp(-$0)) }
            case .replicatedSoftmax:
                let powers = inputs.map { exp($0) }
                return powers.map { 100 * $0 / powers.reduce(0, +) }
            }
        }

        private func sum(_ count: Int, _ term: (Int) -> Double) -> Double { (0..<count).reduce(0) { $0 + term($1) } }

        /// `draw` gives the hidden state of a Gibbs step, row and unit.
        mutating func step(_ batch: [[Double]], rule: DivergenceRule, at step: Int, draw: (Int, Int, Int) -> Double) {
            let positive = batch.map(hidden)
            var v = batch, h = positive
            for round in 0..<rule.gibbsSteps(at: step) {
                v = h.indices.map { row in visible(h[row].indices.map { draw(round, row, $0) }) }
                h = v.map(hidden)
            }
            var pressed = positive
            let n = batch.count, share = (kind == .replicatedSoftmax ? 0.01 : 1) / Double(n)
            if let sparsity = rule.sparsity {
                for j in 0..<3 {
                    activity[j] = 0.9 * activity[j] + 0.1 * sum(n) { positive[$0][j] } / Double(n)
                    let g = Double(sparsity.cost) * (activity[j] - Double(sparsity.target)) / (activity[j] * (1 - activity[j]))
                    for row in 0..<n { pressed[row][j] -= g }
                }
            }
            let momentum = Double(rule.descent.momentum(at: step)), rate = Double(rule.descent.rate(at: step))
            let decay = Double(rule.descent.decay)
            for j in 0..<3 {
                for i in 0..<4 {
                    let data = share * sum(n) { batch[$0][i] * pressed[$0][j] }
                    let dream = share * sum(n) { v[$0][i] * h[$0][j] }
                    dw[i][j] = momentum * dw[i][j] + decay * w[i][j] - (data - dream)
                    w[i][j] -= rate * dw[i][j]
                }
                da[j] = momentum * da[j] - sum(n) { pressed[$0][j] - h[$0][j] } / Double(n)
                a[j] -= rate * da[j]
            }
            for i in 0..<4 {
                db[i] = momentum * db[i] - share * sum(n) { batch[$0][i] - v[$0][i] }
                b[i] -= rate * db[i]
            }
        }
    }

    @Test(arguments: [RestrictedBoltzmannMachine.Visible.gaussian, .bernoulli, .replicatedSoftmax], [false, true])
    func `Steps of contrastive divergence are those of single numbers`(visible: RestrictedBoltzmannMachine.Visible, sparse: Bool) {
        var machine = Self.machine(visible)
        let descent = DescentRule(
            rate: 0.05, fall: .inverse(steps: 10), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: 5, decay: 0.01)
        let rule = DivergenceRule(
            descent: descent, sparsity: sparse ? .init(target: 0.2, cost: 0.1) : nil, batchSize: 5, steps: 4, moreGibbsFrom: 2,
            stepsPerAddition: 1)
        var divergence = ContrastiveDivergence(machine, rule: rule, seed: 1)
        var slow = Slow(machine, activity: 0.2)
        let batch = machine.clamped(Self.rows(visible, 5))
        let numbers = (0..<5).map { batch.row($0).map(Double.init) }
        // Any draw will do, as long as both use it.
        let draw = { (round: Int, row: Int, unit: Int) in Double((round + row * 2 + unit) % 2) }
        for step in 0..<4 {
            #expect(rule.gibbsSteps(at: step) == [1, 1, 2, 3][step])
            divergence.advance(&machine, batch) { hidden, round in
                Matrix(
                    rows: hidden.rows, columns: hidden.columns,
                    values: hidden.values.indices.map { Float(draw(round, $0 / hidden.columns, $0 % hidden.columns)) })
            }
            slow.step(numbers, rule: rule, at: step, draw: draw)
        }
        #expect(zip(machine.weights.values, slow.w.flatMap { $0 }).allSatisfy { abs(Double($0) - $1) < 1e-4 })
        #expect(zip(machine.hiddenBias, slow.a).allSatisfy { abs(Double($0) - $1) < 1e-4 })
        #expect(zip(machine.visibleBias, slow.b).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    }

    @Test(arguments: [RestrictedBoltzmannMachine.Visible.gaussian, .bernoulli, .replicatedSoftmax])
    func `Learning two clusters lowers the reconstruction error, the same way for the same seed`(visible: RestrictedBoltzmannMachine.Visible) {
        var generator = SeededGenerator(seed: 5)
        let values = (0..<40 * 8).map { place -> Float in
            let on = (place / 8 % 2 == 0) == (place % 8 < 4)
            switch visible {
            case .gaussian: return (on ? 1 : -1) + 0.3 * generator.normal()
            case .bernoulli: return generator.uniform() < (on ? 0.9 : 0.1) ? 1 : 0
            case .replicatedSoftmax: return Float(generator.next() % 3) + (on ? 6 : 0)
            }
        }
        let data = Matrix(rows: 40, columns: 8, values: values)
        let rule = DivergenceRule(
            descent: DescentRule(rate: 0.05, firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: 20, decay: 1e-4), batchSize: 40, steps: 200)
        func learn(seed: UInt64) -> (machine: RestrictedBoltzmannMachine, before: Double) {
            var generator = SeededGenerator(seed: 6)
            var machine = RestrictedBoltzmannMachine(visible: visible, inputs: 8, outputs: 6, generator: &generator)
            let before = machine.reconstructionError(data)
            var divergence = ContrastiveDivergence(machine, rule: rule, seed: seed)
            let batch = machine.clamped(data)
            for _ in 0..<rule.steps { divergence.advance(&machine, batch) }
            return (machine, before)
        }
        let learned = learn(seed: 1)
        #expect(learned.machine.isFinite)
        #expect(learned.machine.reconstructionError(data) < 0.6 * learned.before)
        #expect(learned.machine == learn(seed: 1).machine)
        #expect(learned.machine != learn(seed: 2).machine)
    }

    @Test func `Replicated softmax does not see how long a document is`() {
        let machine = Self.machine(.replicatedSoftmax)
        let rows = Self.rows(.replicatedSoftmax, 6)
        let longer = rows.scalingRows([1, 2, 3, 10, 100, 7])
        #expect(zip(machine.hidden(of: rows).values, machine.hidden(of: longer).values).allSatisfy { abs($0 - $1) < 1e-5 })
        let empty = machine.hidden(of: Matrix(rows: 1, columns: 4))
        #expect(zip(empty.values, machine.hiddenBias).allSatisfy { abs($0 - 1 / (1 + expf(-100 * $1))) < 1e-6 })
    }

    @Test func `Drawn counts sum to their document and follow its expectation`() {
        let expected = Matrix(rows: 500, columns: 4, values: (0..<500).flatMap { _ in [10, 0, 60, 30] as [Float] })
        let counts = CountSampling.draw(expected, key: 3)
        #expect(counts.rowSums.allSatisfy { $0 == 100 })
        let means = counts.columnSums.map { $0 / 500 }
        #expect(means[1] == 0 && zip(means, [10, 0, 60, 30]).allSatisfy { abs($0 - $1) < 1 }, "\(means)")
        #expect(counts == CountSampling.draw(expected, key: 3) && counts != CountSampling.draw(expected, key: 4))
        #expect(counts.gathering([0, 1]) == CountSampling.draw(expected.gathering([0, 1]), key: 3))
    }
}
