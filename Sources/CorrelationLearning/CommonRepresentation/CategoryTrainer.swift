package import LinearAlgebra

/// Learns the categories of images and texts in one space of class probabilities: the intra-modality constraint with what the
/// partner says as the inter-modality one.
///
/// What comes in: features of both modalities, pairs, the labels known. What goes out: a `SoftmaxRegression` for each modality,
/// calibrated. It promises: the same result for the same input and seed; rows without a label are used where they have a partner.
///
/// The modality whose held-back predictions tell labels better teaches the other (distillation, Hinton et al. 2015): targets of
/// the pupil are part label, part what the teacher, not having learned that row, says of its partner. Labels that the teacher's
/// predictions contradict lose weight (`Calibration`), so wrong pairs do not teach.
package struct CategoryTrainer {
    package struct Settings: Codable, Equatable, Sendable {
        /// Pull of the weights to zero, for images and for texts.
        package var imageDecay: Float = 0.3, textDecay: Float = 0.2
        /// How much of a pupil's target the teacher says; 0: no inter-modality constraint.
        package var teaching: Float = 0.5
        /// Whether wrong labels are looked for.
        package var weighsLabels = true
        /// Weight of a row without a label whose target its own and its partner's predictions make; 0 leaves such rows out.
        package var unlabelledWeight: Float = 0.5

        package init() {}
    }

    /// What is known of one modality.
    package struct Side {
        /// `n x p`
        package var features: Matrix
        package var labels: [Int?]

        package init(features: Matrix, labels: [Int?]) {
            precondition(labels.count == features.rows, "every row has a label or nil")
            self.features = features
            self.labels = labels
        }
    }

    package var settings = Settings()
    package var seed: UInt64 = 1
    static let folds = 5
    /// Labels of a modality below which they are all believed, and logits as they are.
    static let fewLabels = 40

    package init(settings: Settings = Settings(), seed: UInt64 = 1) {
        self.settings = settings
        self.seed = seed
    }

    /// Learns from both sides; `pairs` names rows of both. `nil` when it does not end in finite numbers.
    ///
    /// Costs about `3 folds + 2` regressions.
    package func learn(images: Side, texts: Side, pairs: [TrainingPair], classes: Int) -> CategoryRegressions? {
        guard let text = heldBack(texts, classes, decay: settings.textDecay), let image = heldBack(images, classes, decay: settings.imageDecay)
        else { return nil }
        let textTeaches = Self.tellsBetter(text, image)
        let links = pairs.map { (first: textTeaches ? $0.sheet : $0.image, second: textTeaches ? $0.image : $0.sheet, weight: $0.weight) }
        let teacher = (side: textTeaches ? texts : images, decay: textTeaches ? settings.textDecay : settings.imageDecay)
        let pupil = (side: textTeaches ? images : texts, decay: textTeaches ? settings.imageDecay : settings.textDecay)
        let (held, heldPupil) = textTeaches ? (text, image) : (image, text)
        let onlyLabelled = teacher.side.labels.allSatisfy { $0 != nil } && pupil.side.labels.allSatisfy { $0 != nil }

        var targets = held.cleanedTargets
        let said = partnerMeans(of: held.posteriors, links.map { ($0.first, $0.second, $0.weight * held.trust[$0.first]) }, rows: pupil.side.features.rows)
        var pupilTargets = blended(pupil.side.labels, said, classes)
        if !onlyLabelled, settings.unlabelledWeight > 0 {
            let back = partnerMeans(of: heldPupil.posteriors, links.map { ($0.second, $0.first, $0.weight) }, rows: teacher.side.features.rows)
            fill(&targets, teacher.side.labels, held.posteriors, back.means, held.shares)
            fill(&pupilTargets, pupil.side.labels, heldPupil.posteriors, said.means, held.shares)
        }
        guard let first = SoftmaxRegression(teacher.side.features, targets: targets, decay: teacher.decay),
            let second = SoftmaxRegression(pupil.side.features, targets: pupilTargets, decay: pupil.decay),
            let afterPupil = heldBack(pupil.side, classes, decay: pupil.decay, targets: pupilTargets)
        else { return nil }
        let learned = (first.sharpened(held.calibration.sharpness), second.sharpened(afterPupil.calibration.sharpness))
        return textTeaches ? CategoryRegressions(image: learned.1, text: learned.0) : CategoryRegressions(image: learned.0, text: learned.1)
    }

    /// Whether the texts tell labels better than the images, and so teach them; `nil` when that does not end in finite numbers.
    func textTeaches(images: Side, texts: Side, classes: Int) -> Bool? {
        guard let text = heldBack(texts, classes, decay: settings.textDecay), let image = heldBack(images, classes, decay: settings.imageDecay)
        else { return nil }
        return Self.tellsBetter(text, image)
    }

    private static func tellsBetter(_ text: HeldBack, _ image: HeldBack) -> Bool { text.calibration.likelihood >= image.calibration.likelihood }

    /// Predictions for each row by a regression that did not see it, and what they say of the labels.
    private struct HeldBack {
        var posteriors: Matrix
        var calibration: Calibration
        /// By row, the chance that its label is right; 1 without one.
        var trust: [Float]
        /// Labels as far as they are trusted, predictions for the rest; zeros for rows without a label.
        var cleanedTargets: Matrix
        /// How often each class is among the labels.
        var shares: [Float]
    }

    private func heldBack(_ side: Side, _ classes: Int, decay: Float, targets: Matrix? = nil) -> HeldBack? {
        let labelled = Self.oneHot(side.labels, classes)
        let targets = targets ?? labelled
        let known = side.labels.count { $0 != nil }
        let shares = labelled.columnSums.map { ($0 + 1) / Float(known + classes) }
        let count = side.features.rows
        var logits = Matrix(rows: count, columns: classes)
        var generator = SeededGenerator(seed: seed)
        let order = generator.permutation(count)
        for fold in 0..<Self.folds {
            let out = stride(from: fold, to: count, by: Self.folds).map { order[$0] }.sorted()
            let isOut = Set(out)
            let learning = (0..<count).filter { !isOut.contains($0) && Self.weighs(targets, $0) }
            guard let part = SoftmaxRegression(side.features.gathering(learning), targets: targets.gathering(learning), decay: decay)
            else { return nil }
            let found = part.logits(side.features.gathering(out))
            for (place, row) in out.enumerated() { logits.addRow(row, of: found, at: place, scale: 1) }
        }
        let calibration = known < Self.fewLabels
            ? Calibration(believing: logits, labels: side.labels)
            : Calibration(logits: logits, labels: side.labels, shares: shares, allowsNoise: settings.weighsLabels)
        var posteriors = logits.scalingRows([Float](repeating: calibration.sharpness, count: count))
        posteriors.softmaxRows()
        let trust = side.labels.enumerated().map { row, label in
            guard let label, calibration.noise > 0 else { return Float(1) }
            return calibration.trust(posterior: posteriors[row, label], share: shares[label])
        }
        var cleaned = labelled.scalingRows(trust)
        cleaned.add(posteriors.scalingRows(zip(trust, side.labels).map { $1 == nil ? 0 : 1 - $0 }))
        return HeldBack(
            posteriors: posteriors, calibration: calibration, trust: trust, cleanedTargets: cleaned, shares: shares)
    }

    /// Labels blended with what partners say: `(1 - teaching) label + teaching (trust said + (1 - trust) label)`.
    private func blended(_ labels: [Int?], _ said: (means: Matrix, trust: [Float]), _ classes: Int) -> Matrix {
        let share = said.trust.map { $0 * settings.teaching }
        var targets = Self.oneHot(labels, classes).scalingRows(share.map { 1 - $0 })
        targets.add(said.means.scalingRows(zip(share, labels).map { $1 == nil ? 0 : $0 }))
        return targets
    }

    /// For rows of the second modality: the mean of what their partners' rows hold, by link weight, and that weight (at most 1).
    private func partnerMeans(
        of posteriors: Matrix, _ links: [(first: Int, second: Int, weight: Float)], rows: Int
    ) -> (means: Matrix, trust: [Float]) {
        var means = Matrix(rows: rows, columns: posteriors.columns), sums = [Float](repeating: 0, count: rows)
        for link in links {
            means.addRow(link.second, of: posteriors, at: link.first, scale: link.weight)
            sums[link.second] += link.weight
        }
        return (means.scalingRows(sums.map { $0 > 1e-6 ? 1 / $0 : 0 }), sums.map { min(1, $0) })
    }

    /// Gives rows without a label the product of their own and their partners' posteriors, divided by the shares, as a target.
    private func fill(_ targets: inout Matrix, _ labels: [Int?], _ own: Matrix, _ partners: Matrix, _ shares: [Float]) {
        for row in labels.indices where labels[row] == nil && Self.weighs(partners, row) {
            let products = shares.indices.map { own[row, $0] * partners[row, $0] / shares[$0] }
            let sum = products.reduce(0, +)
            guard sum > 0 else { continue }
            for column in shares.indices { targets[row, column] = settings.unlabelledWeight * products[column] / sum }
        }
    }

    private static func weighs(_ targets: Matrix, _ row: Int) -> Bool {
        targets.values[row * targets.columns..<(row + 1) * targets.columns].contains { $0 > 0 }
    }

    private static func oneHot(_ labels: [Int?], _ classes: Int) -> Matrix {
        var targets = Matrix(rows: labels.count, columns: classes)
        for (row, label) in labels.enumerated() { if let label { targets[row, label] = 1 } }
        return targets
    }
}

extension SoftmaxRegression {
    /// The same classes with logits times `factor`.
    func sharpened(_ factor: Float) -> SoftmaxRegression {
        SoftmaxRegression(weights: weights.scalingRows([Float](repeating: factor, count: weights.rows)), bias: bias.map { $0 * factor })
    }
}
