public import CorrelationLearning
import LinearAlgebra

/// CMDN: what each side says by itself and with the other, fused, then stacked bimodal autoencoders (Peng, Huang, Qi, IJCAI 2016).
///
/// Intra: an autoencoder's states of each side; inter: the joint states of a multimodal belief net from that side alone; a joint
/// machine fuses both, a softmax network makes them tell labels, and two bimodal autoencoders, the first with labels in its output,
/// learn the common code. Widths and steps are smaller than the paper's. Standardised codes, compared by cosine.
public struct CrossMediaDeepNet: CrossModalMethod {
    public static let name = "CMDN"
    public static let needsLabels = true
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [CrossMediaDeepNet] {
        [100, 50, 200, 400, 800].flatMap { label in [1, 2, 3].map { CrossMediaDeepNet(labelSteps: label, passes: $0) } }
    }

    /// Steps of the label networks, and how many autoencoders are stacked.
    public var labelSteps: Int, passes: Int

    private static let width = 256, steps = 1_200

    public init(labelSteps: Int, passes: Int) { (self.labelSteps, self.passes) = (labelSteps, passes) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("label steps", labelSteps), TunedNumber("passes", passes)]
    }

    public var settings: String { "label steps=\(labelSteps) passes=\(passes)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: name) }
        let separate = Separate(set, width: width, steps: steps, seed: seed)
        let states = separate.states(set)
        var spaces: [Int: Space] = [:]
        for (labelSteps, places) in Dictionary(grouping: candidates.indices, by: { candidates[$0].labelSteps }) {
            let depths = stacks(separate, states, set, labelSteps: labelSteps, passes: places.map { candidates[$0].passes }.max() ?? 1, seed: seed)
            for place in places { spaces[place] = depths[candidates[place].passes - 1] }
        }
        return try candidates.indices.map { place in
            guard let space = spaces[place], space.isFinite else { throw CrossModalMethodError.notFinite(method: name) }
            return space
        }
    }

    /// Spaces of one autoencoder, of two and so on: a deeper stack goes on from a shallower one.
    private static func stacks(
        _ separate: Separate, _ states: (images: Matrix, texts: Matrix), _ set: PairedFeatures, labelSteps: Int, passes: Int, seed: UInt64
    ) -> [Space] {
        let rule = DescentRule(rate: 0.01, fall: .halving(steps: 1_000), firstMomentum: 0.9, lastMomentum: 0.9, decay: 1e-3)
        func network(_ rows: Matrix, _ salt: UInt64) -> LabelNetwork {
            var network = LabelNetwork(
                widths: [rows.columns, width, width, max(2, set.classCount)], rule: rule, batchSize: 100, seed: seed &+ salt)
            var targets = set.targets
            if targets.columns < 2 { targets = targets.joiningColumns(Matrix(rows: set.count, columns: 2 - targets.columns)) }
            network.advance(to: labelSteps, rows, targets: targets)
            return network
        }
        let scales = (Standardisation(states.images), Standardisation(states.texts))
        let networks = (network(scales.0.apply(states.images), 40), network(scales.1.apply(states.texts), 41))
        var space = Space(separate: separate, scales: scales, networks: networks, squash: nil, stack: [], standards: nil)
        var (x, y) = space.semantic(states)
        space.squash = (Standardisation(x), Standardisation(y))
        (x, y) = space.squashed(x, y)
        return (0..<passes).map { pass in
            let autoencoder = BimodalAutoencoder.learn(
                x, y, codes: pass == 0 ? width / 2 : width / 4, labels: pass == 0 ? set.targets : nil, steps: steps, seed: seed &+ 50 &+ UInt64(pass))
            space.stack.append(autoencoder)
            (x, y) = BimodalAutoencoder.oneSided(autoencoder, x, y)
            space.standards = (Standardisation(x), Standardisation(y))
            return space
        }
    }

    /// Separate representations: intra and inter states of each side, fused by a joint machine.
    private struct Separate {
        let intra: (BeliefLayers, BeliefLayers)
        let inter: JointBeliefNet
        let fuse: (RestrictedBoltzmannMachine, RestrictedBoltzmannMachine)

        init(_ set: PairedFeatures, width: Int, steps: Int, seed: UInt64) {
            // A machine is an autoencoder with one set of weights; the paper's has its own decoder.
            let intra = (
                BeliefLayers(set.images, widths: [width], steps: steps, seed: seed), BeliefLayers(set.texts, widths: [width], steps: steps, seed: seed &+ 5)
            )
            let inter = JointBeliefNet(set, width: width, hidden: width, steps: steps, seed: seed &+ 10)
            let codes = inter.oneSided(set), rule = BeliefLayers.rule(rate: 0.05, steps: steps)
            fuse = (
                RestrictedBoltzmannTraining.learn(
                    intra.0.states(of: set.images).joiningColumns(codes.images), visible: .bernoulli, hidden: width, rule: rule, seed: seed &+ 30),
                RestrictedBoltzmannTraining.learn(
                    intra.1.states(of: set.texts).joiningColumns(codes.texts), visible: .bernoulli, hidden: width, rule: rule, seed: seed &+ 31)
            )
            (self.intra, self.inter) = (intra, inter)
        }

        func states(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            let codes = inter.oneSided(set)
            return (
                fuse.0.hidden(of: intra.0.states(of: set.images).joiningColumns(codes.images)),
                fuse.1.hidden(of: intra.1.states(of: set.texts).joiningColumns(codes.texts))
            )
        }
    }

    private struct Space: CommonSpace {
        let separate: Separate
        let scales: (Standardisation, Standardisation)
        let networks: (LabelNetwork, LabelNetwork)
        var squash: (Standardisation, Standardisation)?
        var stack: [Perceptron]
        var standards: (Standardisation, Standardisation)?

        var isFinite: Bool { networks.0.network.isFinite && networks.1.network.isFinite && stack.allSatisfy(\.isFinite) }

        func semantic(_ states: (images: Matrix, texts: Matrix)) -> (Matrix, Matrix) {
            (networks.0.features(of: scales.0.apply(states.images)), networks.1.features(of: scales.1.apply(states.texts)))
        }

        /// Into 0 to 1, which an autoencoder of logistic outputs can rebuild.
        func squashed(_ x: Matrix, _ y: Matrix) -> (Matrix, Matrix) {
            guard let squash else { return (x, y) }
            var (a, b) = (squash.0.apply(x), squash.1.apply(y))
            a.activate(.logistic)
            b.activate(.logistic)
            return (a, b)
        }

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            var (x, y) = semantic(separate.states(set))
            (x, y) = squashed(x, y)
            for autoencoder in stack { (x, y) = BimodalAutoencoder.oneSided(autoencoder, x, y) }
            return (standards?.0.apply(x) ?? x, standards?.1.apply(y) ?? y)
        }
    }
}
