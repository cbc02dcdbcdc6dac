import CorrelationLearning

/// One method's way through a comparison: choose the settings on validation, learn again from all, score the test.
struct MethodTrial<Method: CrossModalMethod> {
    /// Learning and validation rows of the training set, ascending; no validation rows when there is nothing to choose.
    struct Split {
        let learning: [Int]
        let validation: [Int]

        /// Holds back a share of `count` rows, at least one and not all.
        init(count: Int, share: Double, seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            let held = count < 2 ? 0 : min(count - 1, max(1, Int((Double(count) * share).rounded())))
            let order = generator.permutation(count)
            validation = order.prefix(held).sorted()
            learning = order.dropFirst(held).sorted()
        }
    }

    /// The candidate with the best `CrossModalFigures.choice` on the validation rows, learned from the others; the first of equals.
    static func choose(from training: PairedFeatures, share: Double, seed: UInt64) throws -> Method {
        let candidates = Method.candidates(for: training)
        precondition(!candidates.isEmpty, "\(Method.name) has no settings to try")
        let split = Split(count: training.count, share: share, seed: seed)
        guard candidates.count > 1, !split.validation.isEmpty else { return candidates[0] }
        let validation = training.gathering(split.validation)
        let scorers = try Method.fit(candidates, training.gathering(split.learning), seed: seed)
        var best = (index: 0, choice: -Double.infinity)
        for (index, scorer) in scorers.enumerated() {
            let choice = CrossModalFigures(scorer, on: validation).choice
            if choice > best.choice { best = (index, choice) }
        }
        return candidates[best.index]
    }

    /// The row of the table; an error of the method becomes its text.
    ///
    /// `fixed`: with these settings, under that name, and nothing to choose.
    static func row(
        training: PairedFeatures, test: PairedFeatures, share: Double, seeds: [UInt64], fixed: (name: String, method: Method)? = nil
    ) -> ComparisonRow {
        var row = ComparisonRow(
            name: fixed?.name ?? Method.name, settings: "", seconds: 0, choiceSeconds: 0, seeds: Method.isRandom ? seeds : Array(seeds.prefix(1)))
        do {
            if Method.needsLabels, training.labels == nil { throw CrossModalMethodError.needsLabels(method: Method.name) }
            let clock = ContinuousClock()
            let start = clock.now
            let method = try fixed?.method ?? choose(from: training, share: share, seed: seeds[0])
            row.choiceSeconds = seconds(clock.now - start)
            row.settings = method.settings
            if fixed == nil { row.edges = method.tuned(for: training).atEdge(of: Method.candidates(for: training).map { $0.tuned(for: training) }) }
            var (runs, times): ([CrossModalFigures], [Double]) = ([], [])
            for seed in row.seeds {
                let start = clock.now
                let scorer = try method.fit(training, seed: seed)
                times.append(seconds(clock.now - start))
                runs.append(CrossModalFigures(scorer, on: test))
            }
            row.seconds = times.sorted()[(times.count - 1) / 2]
            row.figures = CrossModalFigures(meanOf: runs)
            row.mapStd = runs.compactMap(\.mean).sampleDeviation
        } catch {
            row.error = "\(error)"
        }
        return row
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
