public import CorrelationLearning
import LinearAlgebra

/// The same contest for all methods: one training set, one test set, one rule of choice.
///
/// A seeded part of the training rows is for validation: every candidate of a method learns from the other rows and is scored
/// by the mean MAP over all results there (without labels: by the mean of R@1, R@5 and R@10, both ways); the one that the method's
/// `ChoiceRule` takes learns again from all training rows and is scored on the test rows, which nothing else ever sees. The choice is made
/// once, with the first seed; methods that draw random numbers then learn with each seed.
public struct Comparison: Sendable {
    public var training: PairedFeatures
    public var test: PairedFeatures
    /// Not empty; the first also draws the validation part and the wrong pairs.
    public var seeds: [UInt64]
    /// The share of the training rows that validation holds back.
    public var validationShare = 0.2
    /// The share of the training rows (validation part included) whose texts are exchanged among them: wrong pairs, and wrong
    /// labels of the texts.
    public var shuffledShare = 0.0

    public init(training: PairedFeatures, test: PairedFeatures, seeds: [UInt64] = [1]) {
        precondition(!seeds.isEmpty, "a comparison needs a seed")
        precondition(
            training.images.columns == test.images.columns && training.texts.columns == test.texts.columns,
            "training and test rows have the same features")
        self.training = training
        self.test = test
        self.seeds = seeds
    }

    /// A row for each method, in their order; `report` gets each as it is done. A method that fails has its error in its row.
    public func rows(_ methods: [any CrossModalMethod.Type], report: (ComparisonRow) -> Void = { _ in }) -> [ComparisonRow] {
        let training = training.shufflingTexts(share: shuffledShare, seed: seeds[0])
        return methods.map { method in
            let row = row(method, training)
            report(row)
            return row
        }
    }

    private func row<Method: CrossModalMethod>(_ method: Method.Type, _ training: PairedFeatures) -> ComparisonRow {
        MethodTrial<Method>.row(training: training, test: test, share: validationShare, seeds: seeds)
    }

    /// A row for each method with settings that are given, not chosen, under its own name.
    public func rows(
        fixed variants: [(name: String, method: any CrossModalMethod)], report: (ComparisonRow) -> Void = { _ in }
    ) -> [ComparisonRow] {
        let training = training.shufflingTexts(share: shuffledShare, seed: seeds[0])
        return variants.map { name, method in
            let row = fixedRow(name, method, training)
            report(row)
            return row
        }
    }

    private func fixedRow<Method: CrossModalMethod>(_ name: String, _ method: Method, _ training: PairedFeatures) -> ComparisonRow {
        MethodTrial<Method>.row(training: training, test: test, share: validationShare, seeds: seeds, fixed: (name, method))
    }
}
