import LinearAlgebra

/// Chooses the ridges and the power of the closed form by repeated cross-validation.
///
/// What comes in: pairs. What goes out: a schedule without epochs. It promises: `prior`, unless some other choice gains more than two
/// standard errors over it on the questions of all folds together; of these the one that gains most, less these.
struct ClosedFormSearch {
    let search: Schedule.Search
    /// Parts of the pairs, each held back once; as many times as there are lists.
    let repeats: [[ValidationSplit]]

    /// What is known without any pair: measured on archives of photographs and of instructions (docs/benchmarks.md).
    static let prior = Schedule(imageRidge: 1, textRidge: 1, power: 1)

    func choose() throws(TrainingError) -> (schedule: Schedule, gain: Gain?, candidates: Int) {
        let candidates = candidates
        var scores = [[Double]](repeating: [], count: candidates.count), sheets: [Int] = []
        for split in repeats.joined() {
            let questions = Questions(search.problem, split, balance: search.settings.balance)
            let correlation = try search.correlation(split.learning)
            var last: (schedule: Schedule, directions: CanonicalDirections)?
            for (place, candidate) in candidates.enumerated() {
                // Powers of the same ridges follow each other.
                let isSame = last.map { $0.schedule.imageRidge == candidate.imageRidge && $0.schedule.textRidge == candidate.textRidge } ?? false
                let directions = isSame ? last?.directions : correlation.directions(imageRidge: candidate.imageRidge, textRidge: candidate.textRidge)
                last = directions.map { (candidate, $0) }
                guard let directions, let encoders = try? search.start(correlation, directions, candidate, hiddenUnits: 0) else {
                    // A small ridge on few pairs: no candidate, but only the prior may not fail.
                    guard place > 0 else { throw .notFinite(stage: .start, epoch: 0) }
                    scores[place] += [Double](repeating: 0, count: questions.sheetOfEach.count)
                    continue
                }
                scores[place] += questions.scores(encoders)
            }
            sheets += questions.sheetOfEach
        }
        let gains = scores.map { Gain($0, over: scores[0], sheets: sheets) }
        guard let best = gains.indices.dropFirst().max(by: { (gains[$0].atLeast, $1) < (gains[$1].atLeast, $0) }), gains[best].atLeast > 0 else {
            return (candidates[0], nil, candidates.count)
        }
        return (candidates[best], gains[best], candidates.count)
    }

    /// The prior first.
    private var candidates: [Schedule] {
        let ridges = search.settings.ridges
        let usual = ridges.contains(Self.prior.imageRidge) ? Self.prior.imageRidge : ridges.first ?? Self.prior.imageRidge
        let first = Schedule(imageRidge: usual, textRidge: usual, power: Self.prior.power)
        guard !search.isCategoryAlone, !repeats.isEmpty else { return [first] }
        let others = ridges.flatMap { image in
            ridges.flatMap { text in ([1, 0.5, 2] as [Float]).map { Schedule(imageRidge: image, textRidge: text, power: $0) } }
        }
        return [first] + others.filter { ($0.imageRidge, $0.textRidge, $0.power) != (first.imageRidge, first.textRidge, first.power) }
    }
}
