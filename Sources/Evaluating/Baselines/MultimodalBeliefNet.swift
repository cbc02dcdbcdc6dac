public import CorrelationLearning
import LinearAlgebra

/// Multimodal DBN: two belief layers of each side under one joint machine (Srivastava, Salakhutdinov, JMLR 2014).
///
/// A missing side is filled by mean-field: from the given side's states and the mean of the other's, some passes up and down.
/// Hidden probabilities of the joint machine, standardised, are compared by cosine.
public struct MultimodalBeliefNet: CrossModalMethod {
    public static let name = "Multimodal DBN"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [MultimodalBeliefNet] {
        [64, 16, 32, 128, 256].flatMap { hidden in [10, 1, 3].map { MultimodalBeliefNet(hidden: hidden, passes: $0) } }
    }

    /// Hidden units of the joint machine.
    public var hidden: Int
    /// How often a missing side is filled anew.
    public var passes: Int

    private static let width = 256, steps = 1_500

    public init(hidden: Int, passes: Int) { (self.hidden, self.passes) = (hidden, passes) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] { [TunedNumber("hidden", hidden), TunedNumber("passes", passes)] }

    public var settings: String { "hidden=\(hidden) passes=\(passes)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    /// Candidates share the layers, and the joint machine where they differ in passes alone.
    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let layers = JointBeliefNet.Layers(set, width: width, steps: steps, seed: seed)
        var nets: [Int: JointBeliefNet] = [:]
        return try candidates.map { candidate in
            var net = nets[candidate.hidden] ?? JointBeliefNet(layers, set, hidden: candidate.hidden, steps: steps, seed: seed)
            nets[candidate.hidden] = net
            net.passes = candidate.passes
            guard net.isFinite else { throw CrossModalMethodError.notFinite(method: name) }
            let codes = net.oneSided(set)
            return Space(net: net, standards: (Standardisation(codes.images), Standardisation(codes.texts)))
        }
    }

    private struct Space: CommonSpace {
        let net: JointBeliefNet
        let standards: (Standardisation, Standardisation)

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            let codes = net.oneSided(set)
            return (standards.0.apply(codes.images), standards.1.apply(codes.texts))
        }
    }
}

/// Belief layers of both sides and the joint machine over them.
struct JointBeliefNet {
    /// Two layers of each side.
    struct Layers {
        let image: BeliefLayers, text: BeliefLayers

        init(_ set: PairedFeatures, width: Int, steps: Int, seed: UInt64) {
            image = BeliefLayers(set.images, widths: [width, width], steps: steps, seed: seed)
            text = BeliefLayers(set.texts, widths: [width, width], steps: steps, seed: seed &+ 10)
        }
    }

    private let image: BeliefLayers, text: BeliefLayers
    private let joint: RestrictedBoltzmannMachine
    /// Mean states, which a missing side begins with.
    private let imageMean: [Float], textMean: [Float]
    /// How often a missing side is filled anew.
    var passes = 10

    init(_ set: PairedFeatures, width: Int, hidden: Int, steps: Int, seed: UInt64) {
        self.init(Layers(set, width: width, steps: steps, seed: seed), set, hidden: hidden, steps: steps, seed: seed)
    }

    init(_ layers: Layers, _ set: PairedFeatures, hidden: Int, steps: Int, seed: UInt64) {
        (image, text) = (layers.image, layers.text)
        let (x, y) = (image.states(of: set.images), text.states(of: set.texts))
        joint = RestrictedBoltzmannTraining.learn(
            x.joiningColumns(y), visible: .bernoulli, hidden: hidden, rule: BeliefLayers.rule(rate: 0.05, steps: steps), seed: seed &+ 20)
        let share = 1 / Float(max(1, set.count))
        (imageMean, textMean) = (x.columnSums.map { $0 * share }, y.columnSums.map { $0 * share })
    }

    var isFinite: Bool { image.isFinite && text.isFinite && joint.isFinite }

    /// Joint hidden probabilities from images alone and from texts alone.
    func oneSided(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
        let (x, y) = (image.states(of: set.images), text.states(of: set.texts))
        return (filled(x, isImage: true), filled(y, isImage: false))
    }

    private func filled(_ states: Matrix, isImage: Bool) -> Matrix {
        var other = Matrix(rows: states.rows, columns: isImage ? textMean.count : imageMean.count)
        other.addToRows(isImage ? textMean : imageMean)
        let range = isImage ? imageMean.count..<imageMean.count + textMean.count : 0..<imageMean.count
        var hidden = Matrix(rows: 0, columns: 0)
        for _ in 0...passes {
            hidden = joint.hidden(of: isImage ? states.joiningColumns(other) : other.joiningColumns(states))
            other = joint.visible(of: hidden).slicingColumns(range)
        }
        return hidden
    }
}
