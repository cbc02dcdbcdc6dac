package import LinearAlgebra

/// What `FaithfulTrainer` learned: images and texts to codes of one space.
package struct FaithfulModel: Sendable {
    /// Two machines of one modality at one grain.
    struct BeliefNet: Sendable {
        /// `nil` for counts.
        let scale: Standardisation?
        let lower: RestrictedBoltzmannMachine, upper: RestrictedBoltzmannMachine

        /// Hidden probabilities of the upper machine.
        func states(of rows: Matrix) -> Matrix { upper.hidden(of: lower.hidden(of: scale?.apply(rows) ?? rows)) }
    }

    /// One grain of both modalities.
    struct Grain: Sendable {
        let image: BeliefNet, text: BeliefNet
        let autoencoder: CorrespondenceAutoencoder
    }

    var grains: [Grain]
    let usesCoarse: Bool, usesFine: Bool
    var normalisation: FaithfulSettings.Normalisation
    var imageMachine: RestrictedBoltzmannMachine?, textMachine: RestrictedBoltzmannMachine?
    var imageNetwork: LabelNetwork?, textNetwork: LabelNetwork?
    var imageLabelScale = Standardisation(), textLabelScale = Standardisation()
    var imageScale = Standardisation(), textScale = Standardisation(), imageCodeScale = Standardisation(), textCodeScale = Standardisation()
    var common: TwoHeadedNetwork?

    init(grains: [Grain], usesCoarse: Bool, usesFine: Bool, normalisation: FaithfulSettings.Normalisation) {
        (self.grains, self.usesCoarse, self.usesFine, self.normalisation) = (grains, usesCoarse, usesFine, normalisation)
    }

    /// The same model with codes compared in another way.
    package func normalised(_ normalisation: FaithfulSettings.Normalisation) -> FaithfulModel {
        var model = self
        model.normalisation = normalisation
        return model
    }

    /// Codes of the images and texts of a set, by pair; compare them by cosine.
    package func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
        func codes(_ isText: Bool) -> Matrix {
            var rows = grainCodes(set, isText: isText)
            if let machine = isText ? textMachine : imageMachine { rows = machine.hidden(of: rows) }
            rows = (isText ? textLabelScale : imageLabelScale).apply(rows)
            if let network = isText ? textNetwork : imageNetwork { rows = network.features(of: rows) }
            rows = (isText ? textScale : imageScale).apply(rows)
            guard let side = isText ? common?.text : common?.image else { return rows }
            rows = side.codes(of: rows)
            switch normalisation {
            case .none: return rows
            case .training: return (isText ? textCodeScale : imageCodeScale).apply(rows)
            case .test: return Standardisation(rows).apply(rows)
            }
        }
        return (codes(false), codes(true))
    }

    /// The codes of all grains side by side: what the joint machine sees.
    func grainCodes(_ set: PairedFeatures, isText: Bool) -> Matrix {
        var found: [Matrix] = []
        for (index, grain) in grains.enumerated() {
            let net = isText ? grain.text : grain.image
            let encoder = isText ? grain.autoencoder.text.encoder : grain.autoencoder.image.encoder
            let isFine = usesFine && index == grains.count - 1
            let parts = Self.parts(set)
            let states = isFine ? Self.means(isText ? parts.texts : parts.images, net) : net.states(of: isText ? set.texts : set.images)
            found.append(encoder.forward(states))
        }
        guard found.count > 1 else { return found[0] }
        var joined = Matrix(rows: found[0].rows, columns: found[0].columns + found[1].columns)
        for row in 0..<joined.rows {
            joined.values.replaceSubrange(row * joined.columns..<(row + 1) * joined.columns, with: found[0].row(row) + found[1].row(row))
        }
        return joined
    }

    /// The parts of a set, a whole where there is none.
    static func parts(_ set: PairedFeatures) -> (images: RaggedRows, texts: RaggedRows) {
        func own(_ whole: Matrix) -> RaggedRows { RaggedRows(values: whole, offsets: Array(0...whole.rows)) }
        return (
            set.imageParts?.filled(from: set.images) ?? own(set.images), set.textParts?.filled(from: set.texts) ?? own(set.texts)
        )
    }

    /// The mean of the states of each group's parts.
    static func means(_ parts: RaggedRows, _ net: BeliefNet) -> Matrix {
        let states = parts.replacing(net.states(of: parts.values))
        return states.means(or: Matrix(rows: states.count, columns: states.values.columns))
    }

    /// Whether features are word counts: whole numbers, none negative.
    static func areCounts(_ rows: Matrix) -> Bool { rows.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() } }
}
