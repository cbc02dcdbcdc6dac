import Documents
import FoundationEssentials
import LinearAlgebra
import Storage

/// CCL as published: separate representations of both grains, fused, made to tell labels, then one common representation.
///
/// What comes in: paired features, with parts and labels where there are any. What goes out: a `FaithfulModel`. It promises: the
/// same model for the same set and settings. Without parts the joint machine has one grain; without labels the label nets are left
/// out and every pair is its own class; where texts are no counts their first machine is Gaussian, on standardised features.
package struct FaithfulTrainer {
    package let settings: FaithfulSettings
    /// Hears what a part ends with: its name and, where it has one, its loss on all rows.
    package var report: (_ part: String, _ loss: Double?) -> Void

    /// Where parts that are done are kept and looked for; `nil`: every training learns all of them. With them a training that goes on
    /// after any of its parts ends as one that never stopped.
    package var parts: FinishedParts?

    package init(
        _ settings: FaithfulSettings, parts: FinishedParts? = nil, report: @escaping (_ part: String, _ loss: Double?) -> Void = { _, _ in }
    ) {
        (self.settings, self.parts, self.report) = (settings, parts, report)
    }

    /// Learns from a set of at least one pair; `nil` when it does not end in finite numbers.
    package func learn(_ set: PairedFeatures) -> FaithfulModel? { learn(set, commonSteps: [settings.common.steps])?.first }

    /// The same with the common representation after each of so many steps, ascending; everything before it is learned once.
    package func learn(_ set: PairedFeatures, commonSteps: [Int]) -> [FaithfulModel]? {
        guard set.count > 0, set.images.isFinite, set.texts.isFinite else { return nil }
        return Training(settings, set, parts, report).learn(commonSteps)
    }
}

/// One training of CCL on one set.
private struct Training {
    let settings: FaithfulSettings
    let set: PairedFeatures
    private let report: (_ part: String, _ loss: Double?) -> Void
    private let store: FinishedParts?
    private let key: String

    init(_ settings: FaithfulSettings, _ set: PairedFeatures, _ store: FinishedParts?, _ report: @escaping (_ part: String, _ loss: Double?) -> Void) {
        (self.settings, self.set, self.store, self.report) = (settings, set, store, report)
        key = store == nil ? "" : TrainingKey.hex(data: [set.digest.hex], settings: settings)
    }

    /// A part as `learn` leaves it, or as it was kept.
    private func finished<Part: Parameters>(_ name: String, _ fresh: Part, _ learn: (inout Part) -> Void) -> Part {
        if let store { return store.finished(name, of: key, from: fresh, learn) }
        var part = fresh
        learn(&part)
        return part
    }

    func learn(_ commonSteps: [Int]) -> [FaithfulModel]? {
        let hasParts = set.imageParts != nil || set.textParts != nil
        var grains: [FaithfulModel.Grain] = []
        if settings.usesCoarse || !hasParts {
            guard let coarse = grain(set.images, set.texts, salt: 0) else { return nil }
            grains.append(coarse)
        }
        var parts: (images: RaggedRows, texts: RaggedRows)?
        if settings.usesFine, hasParts {
            let both = FaithfulModel.parts(set)
            parts = both
            // The nets learn from parts; the autoencoder from their means, so a pair stays a row.
            guard let fine = grain(both.images.values, both.texts.values, salt: 100, parts: both) else { return nil }
            grains.append(fine)
        }
        var model = FaithfulModel(
            grains: grains, usesCoarse: settings.usesCoarse || !hasParts, usesFine: parts != nil, normalisation: settings.normalisation)
        var image = model.grainCodes(set, isText: false), text = model.grainCodes(set, isText: true)

        let imageMachine = machine(image, .bernoulli, settings.fused, settings.fusedRule, 20, "joint image machine")
        let textMachine = machine(text, .bernoulli, settings.fused, settings.fusedRule, 21, "joint text machine")
        (model.imageMachine, model.textMachine) = (imageMachine, textMachine)
        (image, text) = (imageMachine.hidden(of: image), textMachine.hidden(of: text))

        if set.labels != nil, set.classCount > 1 {
            if settings.standardisesLabelInput {
                (model.imageLabelScale, model.textLabelScale) = (Standardisation(image), Standardisation(text))
                (image, text) = (model.imageLabelScale.apply(image), model.textLabelScale.apply(text))
            }
            let (imageNet, textNet) = (labelNetwork(image, 30), labelNetwork(text, 31))
            (model.imageNetwork, model.textNetwork) = (imageNet, textNet)
            (image, text) = (imageNet.features(of: image), textNet.features(of: text))
        }
        (model.imageScale, model.textScale) = (Standardisation(image), Standardisation(text))
        (image, text) = (model.imageScale.apply(image), model.textScale.apply(text))
        var common = TwoHeadedNetwork(
            imageInputs: image.columns, textInputs: text.columns, classes: set.labels == nil ? 0 : set.classCount, settings: settings.common,
            seed: settings.seed &+ 40)
        var models: [FaithfulModel] = []
        for steps in commonSteps {
            common = finished("common representation of \(steps) steps", common) {
                $0.advance(to: steps, images: image, texts: text, labels: set.labels)
            }
            common.step = steps
            model.common = common
            (model.imageCodeScale, model.textCodeScale) = (Standardisation(common.image.codes(of: image)), Standardisation(common.text.codes(of: text)))
            models.append(model)
        }
        report("common representation", nil)
        return common.isFinite ? models : nil
    }

    /// Belief nets of both modalities at one grain, and their autoencoder. Rows are of wholes, one for each pair, or those of `parts`.
    private func grain(
        _ images: Matrix, _ texts: Matrix, salt: UInt64, parts: (images: RaggedRows, texts: RaggedRows)? = nil
    ) -> FaithfulModel.Grain? {
        let name = parts == nil ? "whole" : "part"
        let imageNet = beliefNet(images, isCounts: false, settings.imageFirst, (settings.imageFirstRule, settings.imageSecondRule), salt, "image \(name)")
        let textNet = beliefNet(
            texts, isCounts: FaithfulModel.areCounts(texts), settings.textFirst, (settings.textFirstRule, settings.textSecondRule), salt &+ 2, "text \(name)")
        let imageStates: Matrix, textStates: Matrix
        if let parts {
            (imageStates, textStates) = (FaithfulModel.means(parts.images, imageNet), FaithfulModel.means(parts.texts, textNet))
        } else {
            (imageStates, textStates) = (imageNet.states(of: images), textNet.states(of: texts))
        }
        let fresh = CorrespondenceAutoencoder(
            imageInputs: imageStates.columns, textInputs: textStates.columns, codes: settings.codes, correlation: settings.lambda,
            reconstruction: settings.reconstruction, rule: settings.correlationRule, batchSize: settings.correlationBatch,
            seed: settings.seed &+ salt &+ 4)
        let autoencoder = finished("autoencoder \(name)", fresh) {
            $0.advance(to: settings.correlationSteps, images: imageStates, texts: textStates)
        }
        report("autoencoder \(name)", autoencoder.loss(images: imageStates, texts: textStates))
        return autoencoder.isFinite ? FaithfulModel.Grain(image: imageNet, text: textNet, autoencoder: autoencoder) : nil
    }

    private func beliefNet(
        _ rows: Matrix, isCounts: Bool, _ first: Int, _ rules: (first: DivergenceRule, second: DivergenceRule), _ salt: UInt64, _ name: String
    ) -> FaithfulModel.BeliefNet {
        let scale = isCounts ? nil : Standardisation(rows)
        let input = scale?.apply(rows) ?? rows
        let lower = machine(input, isCounts ? .replicatedSoftmax : .gaussian, first, isCounts ? rules.first : Self.gaussian(rules.first), salt, "\(name) machine 1")
        let upper = machine(lower.hidden(of: input), .bernoulli, settings.second, rules.second, salt &+ 1, "\(name) machine 2")
        return FaithfulModel.BeliefNet(scale: scale, lower: lower, upper: upper)
    }

    /// Gaussian units need a smaller step than counts; the released code has only one rule for each modality.
    private static func gaussian(_ rule: DivergenceRule) -> DivergenceRule {
        var rule = rule
        rule.descent.rate = min(rule.descent.rate, 0.005)
        rule.drawsCountsFrom = nil
        return rule
    }

    private func machine(
        _ rows: Matrix, _ visible: RestrictedBoltzmannMachine.Visible, _ hidden: Int, _ rule: DivergenceRule, _ salt: UInt64, _ name: String
    ) -> RestrictedBoltzmannMachine {
        let seed = settings.seed &+ salt
        var training = RestrictedBoltzmannTraining(visible: visible, inputs: rows.columns, hidden: hidden, rule: rule, seed: seed)
        let machine = finished(name, training.machine) { machine in
            training.advance(to: rule.steps, machine.clamped(rows))
            machine = training.machine
        }
        report(name, machine.reconstructionError(rows))
        return machine
    }

    private func labelNetwork(_ rows: Matrix, _ salt: UInt64) -> LabelNetwork {
        let width = settings.labelWidth
        let fresh = LabelNetwork(
            widths: [rows.columns, width, width, width, set.classCount], rule: settings.labelRule, batchSize: settings.labelBatch,
            seed: settings.seed &+ salt, start: settings.labelStart)
        let name = salt == 30 ? "image label network" : "text label network"
        let network = finished(name, fresh) { $0.advance(to: settings.labelSteps, rows, targets: set.targets) }
        report(name, nil)
        return network
    }
}
