import CorrelationLearning

/// One method's way through a comparison: choose the settings on validation, learn again from all, score the test.
struct MethodTrial<Method: CrossModalMethod> {
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
            let method = try fixed?.method ?? MethodChoice(from: training, share: share, seed: seeds[0]).chosen()
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
