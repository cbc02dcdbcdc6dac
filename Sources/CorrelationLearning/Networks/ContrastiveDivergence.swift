package import LinearAlgebra

/// Contrastive divergence with momentum (Hinton 2002; CCL stage 1, deepnet's rules).
///
/// Holds what a step changes beside the machine. Statistics are made of probabilities; hidden states are drawn before each
/// reconstruction by numbers that depend on seed, step and place alone. A step costs `2 n v h (3 + 2 k)` operations.
package struct ContrastiveDivergence: Equatable, Sendable {
    package let rule: DivergenceRule
    package let seed: UInt64
    package var weightMomentum: MomentumDescent
    package var visibleMomentum: [Float]
    /// Running mean activity of each hidden unit.
    package var activity: [Float]
    /// Steps taken.
    package var step = 0

    package init(_ machine: RestrictedBoltzmannMachine, rule: DivergenceRule, seed: UInt64) {
        self.rule = rule
        self.seed = seed
        weightMomentum = MomentumDescent(inputs: machine.weights.rows, outputs: machine.weights.columns)
        visibleMomentum = [Float](repeating: 0, count: machine.weights.rows)
        activity = [Float](repeating: rule.sparsity?.target ?? 0, count: machine.weights.columns)
    }

    /// One step on a batch of clamped rows.
    package mutating func advance(_ machine: inout RestrictedBoltzmannMachine, _ batch: Matrix) {
        let keys = (UInt64(step) &* 64 &+ seed &* 0x9E37_79B9_7F4A_7C15)
        advance(&machine, batch) { hidden, round in
            hidden.sampledBernoulli(key: SeededGenerator.mixed(keys &+ UInt64(round)))
        }
    }

    /// The same with given draws of hidden states: `draw` takes probabilities and the number of the Gibbs step.
    package mutating func advance(
        _ machine: inout RestrictedBoltzmannMachine, _ batch: Matrix, draw: (_ hidden: Matrix, _ round: Int) -> Matrix
    ) {
        var positive = machine.hidden(ofClamped: batch)
        var visible = batch, hidden = positive
        for round in 0..<rule.gibbsSteps(at: step) {
            visible = machine.visible(of: draw(hidden, round))
            if machine.visible == .replicatedSoftmax, let start = rule.drawsCountsFrom, step >= start {
                visible = CountSampling.draw(visible, key: SeededGenerator.mixed(seed ^ UInt64(step) &* 64 &+ UInt64(round)))
            }
            hidden = machine.hidden(ofClamped: visible)
        }
        if let sparsity = rule.sparsity { press(&positive, sparsity) }

        // Counts enter the statistics as shares.
        let share = machine.visible == .replicatedSoftmax ? 1 / RestrictedBoltzmannMachine.total : 1
        let scale = 1 / Float(max(1, batch.rows)), momentum = rule.descent.momentum(at: step)
        weightMomentum.weights.setProduct(batch, .transposed, positive, .asIs, alpha: -scale * share, beta: momentum)
        weightMomentum.weights.setProduct(visible, .transposed, hidden, .asIs, alpha: scale * share, beta: 1)
        positive.addColumnSums(to: &weightMomentum.bias, alpha: -scale, beta: momentum)
        hidden.addColumnSums(to: &weightMomentum.bias, alpha: scale)
        batch.addColumnSums(to: &visibleMomentum, alpha: -scale * share, beta: momentum)
        visible.addColumnSums(to: &visibleMomentum, alpha: scale * share)
        weightMomentum.apply(to: &machine.weights, &machine.hiddenBias, rule: rule.descent, at: step)
        DescentSteps.momentum(
            &machine.visibleBias, buffer: &visibleMomentum, decay: 0, rate: rule.descent.rate(at: step))
        step += 1
    }

    /// Subtracts from the positive states the derivative of the sparsity penalty by the running mean activity.
    private mutating func press(_ positive: inout Matrix, _ sparsity: DivergenceRule.Sparsity) {
        positive.addColumnSums(to: &activity, alpha: (1 - sparsity.damping) / Float(max(1, positive.rows)), beta: sparsity.damping)
        let pressure = activity.map { mean in
            let mean = min(max(mean, 1e-6), 1 - 1e-6)
            return -sparsity.cost * (mean - sparsity.target) / (mean * (1 - mean))
        }
        positive.activate(.identity, bias: pressure)
    }
}
