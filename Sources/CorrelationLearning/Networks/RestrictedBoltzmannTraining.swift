package import LinearAlgebra

/// A machine that learns from rows by contrastive divergence, step by step.
package struct RestrictedBoltzmannTraining: Equatable, Sendable {
    package var machine: RestrictedBoltzmannMachine
    package var divergence: ContrastiveDivergence

    /// Begins with random weights.
    package init(visible: RestrictedBoltzmannMachine.Visible, inputs: Int, hidden: Int, rule: DivergenceRule, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        machine = RestrictedBoltzmannMachine(visible: visible, inputs: inputs, outputs: hidden, generator: &generator)
        divergence = ContrastiveDivergence(machine, rule: rule, seed: seed)
    }

    /// Steps up to that number, on batches of clamped rows.
    package mutating func advance(to steps: Int, _ clamped: Matrix) {
        var order = BatchOrder(count: clamped.rows, batchSize: divergence.rule.batchSize, seed: divergence.seed)
        while divergence.step < steps {
            divergence.advance(&machine, clamped.gathering(order.rows(at: divergence.step)))
        }
    }

    /// A machine of all steps of its rule at once.
    package static func learn(
        _ rows: Matrix, visible: RestrictedBoltzmannMachine.Visible, hidden: Int, rule: DivergenceRule, seed: UInt64
    ) -> RestrictedBoltzmannMachine {
        var training = RestrictedBoltzmannTraining(visible: visible, inputs: rows.columns, hidden: hidden, rule: rule, seed: seed)
        training.advance(to: rule.steps, training.machine.clamped(rows))
        return training.machine
    }
}
