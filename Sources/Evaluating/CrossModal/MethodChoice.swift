import CorrelationLearning

/// How validation chooses among a method's candidates.
public enum ChoiceRule: Sendable {
    /// The best figure on one held-back part, the first of equals: how papers choose.
    case best
    /// The first, a prior, unless another surely surpasses it: the best of many candidates is often the luckiest, so the best on one
    /// held-back part must gain more than two standard errors on the others, which did not choose it.
    case prior
}

/// One method's choice of settings within the training rows.
struct MethodChoice<Method: CrossModalMethod> {
    /// Learning and validation rows of the training set, ascending.
    struct Split: Equatable {
        let learning: [Int]
        let validation: [Int]

        /// Parts of `count` rows that are held back in turn, each row once: a share of the rows, at least one and not all, the last part what is
        /// left. None of fewer than two rows.
        static func folds(count: Int, share: Double, seed: UInt64) -> [Split] {
            guard count > 1 else { return [] }
            var generator = SeededGenerator(seed: seed)
            let held = min(count - 1, max(1, Int((Double(count) * share).rounded())))
            let order = generator.permutation(count)
            return stride(from: 0, to: count, by: held).map { start in
                let end = min(count, start + held)
                return Split(learning: (order[..<start] + order[end...]).sorted(), validation: order[start..<end].sorted())
            }
        }
    }

    let training: PairedFeatures
    let seed: UInt64
    let folds: [Split]

    init(from training: PairedFeatures, share: Double, seed: UInt64) {
        (self.training, self.seed) = (training, seed)
        folds = Split.folds(count: training.count, share: share, seed: seed)
    }

    /// The candidate that the method's rule chooses, learned from what is not held back.
    ///
    /// Costs a fit of each candidate on one part and, by `ChoiceRule.prior` where the prior is not best there, of two on each other part.
    func chosen() throws -> Method {
        let candidates = Method.candidates(for: training)
        precondition(!candidates.isEmpty, "\(Method.name) has no settings to try")
        guard candidates.count > 1, let first = folds.first else { return candidates[0] }
        var best = (index: 0, choice: -Double.infinity)
        try forEach(candidates, on: first) { index, scorer, validation in
            let choice = CrossModalFigures(scorer, on: validation).choice
            if choice > best.choice { best = (index, choice) }
        }
        switch Method.choiceRule {
        case .best: return candidates[best.index]
        case .prior: return try best.index > 0 && gain(of: candidates[best.index], over: candidates[0]).atLeast > 0 ? candidates[best.index] : candidates[0]
        }
    }

    /// Query by query on all parts but the first; both queries of a pair count as one.
    private func gain(of candidate: Method, over prior: Method) throws -> Gain {
        var scores: [[Double]] = [[], []], pairs: [Int] = []
        for fold in folds.dropFirst() {
            try forEach([prior, candidate], on: fold) { index, scorer, validation in
                scores[index] += CrossModalFigures.choiceOfQueries(scores: scorer.scores(validation), labels: validation.labels)
            }
            pairs += fold.validation + fold.validation
        }
        return Gain(scores[1], over: scores[0], sheets: pairs)
    }

    private func forEach(_ methods: [Method], on split: Split, _ body: (Int, any CrossModalScorer, PairedFeatures) -> Void) throws {
        let validation = training.gathering(split.validation)
        for (index, scorer) in try Method.fit(methods, training.gathering(split.learning), seed: seed).enumerated() { body(index, scorer, validation) }
    }
}
