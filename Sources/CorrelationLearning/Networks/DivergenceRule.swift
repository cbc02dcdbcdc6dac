/// How contrastive divergence moves a machine (deepnet's options).
package struct DivergenceRule: Codable, Equatable, Sendable {
    /// Pulls the mean activity of each hidden unit towards a target.
    package struct Sparsity: Codable, Equatable, Sendable {
        package var target: Float, cost: Float
        /// Share of the running mean that each batch keeps.
        package var damping: Float

        package init(target: Float, cost: Float, damping: Float = 0.9) {
            self.target = target
            self.cost = cost
            self.damping = damping
        }
    }

    package var descent: DescentRule
    package var sparsity: Sparsity?
    package var batchSize: Int
    package var steps: Int
    /// From this step on there are `2 + (t - start) / stepsPerAddition` Gibbs steps, before it one; `nil` for always one.
    package var moreGibbsFrom: Int?
    package var stepsPerAddition: Int
    /// From this step on the counts of the negative phase are drawn, not expected; only for replicated softmax.
    package var drawsCountsFrom: Int?

    package init(
        descent: DescentRule, sparsity: Sparsity? = nil, batchSize: Int = 128, steps: Int, moreGibbsFrom: Int? = nil,
        stepsPerAddition: Int = 5000, drawsCountsFrom: Int? = nil
    ) {
        self.descent = descent
        self.sparsity = sparsity
        self.batchSize = batchSize
        self.steps = steps
        self.moreGibbsFrom = moreGibbsFrom
        self.stepsPerAddition = stepsPerAddition
        self.drawsCountsFrom = drawsCountsFrom
    }

    /// Gibbs steps of a step (from 0).
    package func gibbsSteps(at step: Int) -> Int {
        guard let start = moreGibbsFrom, step >= start else { return 1 }
        return 2 + (step - start) / max(1, stepsPerAddition)
    }
}
