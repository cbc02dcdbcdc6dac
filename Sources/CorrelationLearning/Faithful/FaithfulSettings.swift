/// The schedule of CCL as its authors' released code runs it (CCL notes, sections 1 and 2): sizes, rates, steps, quirks.
package struct FaithfulSettings: Codable, Equatable, Sendable {
    /// What the released code does beside the paper; all off in both profiles but what the text says.
    package struct Quirks: OptionSet, Codable, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }
        /// The gradient of the contrast is twice the derivative of its loss. On in both profiles: the learning rate assumes it.
        package static let doubledGradient = Quirks(rawValue: 1)
        /// Feature vectors are reversed at random, in learning and (here not) in encoding: an oversight of an image option.
        package static let featureReversal = Quirks(rawValue: 2)
        /// The classifier of stage 2 has 256 outputs however many classes there are.
        package static let paddedClassifier = Quirks(rawValue: 4)
    }

    /// What is left out, to see what it is worth.
    package enum Ablation: String, Codable, CaseIterable, Sendable {
        /// No correlation in the autoencoder and no contrast in stage 2.
        case withoutInter = "without inter"
        /// No reconstruction in the autoencoder and no categories in stage 2.
        case withoutIntra = "without intra"
        case coarseOnly = "coarse only"
        case fineOnly = "fine only"
        /// Stage 2 with one of its two losses.
        case contrastOnly = "contrast only"
        case categoryOnly = "category only"
    }

    /// How codes are compared.
    package enum Normalisation: String, Codable, CaseIterable, Sendable {
        case none
        /// By mean and deviation of the codes that were learned from.
        case training
        /// By those of the codes that are compared, all at once: what the released code does, and no archive can.
        case test
    }

    /// Stage 2.
    package struct CommonSettings: Codable, Equatable, Sendable {
        package var width = 1024
        package var steps = 20_000
        package var batchSize = 80
        package var margin: Float = 1
        /// Caffe's rules: decay reaches biases; the biases of all layers but the fused one learn twice as fast.
        package var headRule = DescentRule(
            rate: 1e-4, firstMomentum: 0.9, lastMomentum: 0.9, decay: 4e-3, decaysBiases: true, biasRateFactor: 2)
        package var fuseRule = DescentRule(rate: 1e-4, firstMomentum: 0.9, lastMomentum: 0.9, decay: 4e-3, decaysBiases: true)
        package var contrastiveWeight: Float = 1, categoryWeight: Float = 1
        package var classifierOutputs = 0
        package var doublesContrast = true, reversesFeatures = false
    }

    /// Widths: first and second layer of the belief nets, codes of the autoencoder, fused grains, layers of the label nets.
    package var imageFirst = 2048, textFirst = 1024, second = 1024, codes = 1024, fused = 2048, labelWidth = 1024
    package var imageFirstRule = Self.rule(0.001, decay: 1e-3, sparsity: (0.2, 0.1), steps: 50_000)
    package var imageSecondRule = Self.rule(0.05, decay: 1e-3, sparsity: (0.1, 0.01), steps: 50_000, moreGibbs: 15_000)
    package var textFirstRule = Self.rule(0.1, decay: 1e-4, sparsity: (0.2, 0.01), steps: 50_000, momentumSteps: 5_000, moreGibbs: 15_000, draws: 5_000)
    package var textSecondRule = Self.rule(0.01, decay: 1e-3, sparsity: (0.1, 0.01), steps: 50_000, moreGibbs: 15_000)
    package var fusedRule = Self.rule(0.01, decay: 1e-4, sparsity: nil, steps: 50_000, momentumSteps: 5_000, moreGibbs: 15_000, batch: 115)
    package var correlationRule = DescentRule(
        rate: 0.05, fall: .inverse(steps: 1e4), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: 1e4, decay: 1e-4)
    package var correlationSteps = 10_000, correlationBatch = 100
    /// The weights of correlation and reconstruction.
    package var lambda: Float = 0.7, reconstruction: Float = 0.3
    package var labelRule = DescentRule(rate: 0.01, fall: .halving(steps: 10_000), firstMomentum: 0.9, lastMomentum: 0.9, decay: 1e-3)
    /// How the weights of label nets begin: as released by the outputs, which for rectifiers is large in the last layer.
    package var labelStart = WeightStart.normalByOutputs
    package var labelSteps = 50_000, labelBatch = 100
    /// Whether label nets see standardised input: not so in the release, whose 50 000 steps can do without.
    package var standardisesLabelInput = false
    package var common = CommonSettings()
    package var normalisation = Normalisation.test
    package var usesCoarse = true, usesFine = true
    package var seed: UInt64 = 42

    /// The released schedule: hours.
    package static var paper: FaithfulSettings { FaithfulSettings() }

    /// A quarter of the widths and some thousand steps a part: about ten seconds for two thousand pairs, one core.
    package static var fast: FaithfulSettings {
        var settings = FaithfulSettings()
        (settings.imageFirst, settings.textFirst, settings.second, settings.codes) = (512, 256, 256, 256)
        (settings.fused, settings.labelWidth, settings.common.width) = (512, 256, 256)
        for rule in [\FaithfulSettings.imageFirstRule, \.imageSecondRule, \.textFirstRule, \.textSecondRule, \.fusedRule] {
            settings[keyPath: rule].steps = 2_000
            settings[keyPath: rule].descent.momentumSteps = 500
            settings[keyPath: rule].moreGibbsFrom = nil
            settings[keyPath: rule].drawsCountsFrom = nil
        }
        settings.imageFirstRule.descent.rate = 0.005
        settings.correlationSteps = 3_000
        settings.correlationRule.momentumSteps = 500
        settings.labelSteps = 100
        settings.labelStart = .normalForRectifier
        settings.standardisesLabelInput = true
        settings.labelRule.fall = .halving(steps: 1_000)
        settings.common.steps = 2_000
        // Fewer steps need larger ones.
        settings.common.headRule.rate = 5e-4
        settings.common.fuseRule.rate = 5e-4
        settings.normalisation = .training
        return settings
    }

    /// The settings with some of the released code's quirks, and only these.
    package func with(_ quirks: Quirks) -> FaithfulSettings {
        var settings = self
        settings.common.doublesContrast = quirks.contains(.doubledGradient)
        settings.common.reversesFeatures = quirks.contains(.featureReversal)
        settings.common.classifierOutputs = quirks.contains(.paddedClassifier) ? 256 : 0
        return settings
    }

    /// The settings without what an ablation leaves out.
    package func with(_ ablation: Ablation) -> FaithfulSettings {
        var settings = self
        switch ablation {
        case .withoutInter: (settings.lambda, settings.common.contrastiveWeight) = (0, 0)
        case .withoutIntra: (settings.reconstruction, settings.common.categoryWeight) = (0, 0)
        case .coarseOnly: settings.usesFine = false
        case .fineOnly: settings.usesCoarse = false
        case .contrastOnly: settings.common.categoryWeight = 0
        case .categoryOnly: settings.common.contrastiveWeight = 0
        }
        return settings
    }

    private static func rule(
        _ rate: Float, decay: Float, sparsity: (target: Float, cost: Float)?, steps: Int, momentumSteps: Float = 10_000, moreGibbs: Int? = nil,
        draws: Int? = nil, batch: Int = 128
    ) -> DivergenceRule {
        DivergenceRule(
            descent: DescentRule(
                rate: rate, fall: .inverse(steps: 1e4), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: momentumSteps, decay: decay),
            sparsity: sparsity.map { DivergenceRule.Sparsity(target: $0.target, cost: $0.cost) }, batchSize: batch, steps: steps,
            moreGibbsFrom: moreGibbs, drawsCountsFrom: draws)
    }
}
