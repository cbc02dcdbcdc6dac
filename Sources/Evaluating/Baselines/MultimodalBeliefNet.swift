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

    public static func candidates(for set: PairedFeatures) -> [MultimodalBeliefNet] { [64, 256].map { MultimodalBeliefNet(hidden: $0) } }

    /// Hidden units of the joint machine.
    public var hidden: Int

    private static let width = 256, steps = 1_500

    public init(hidden: Int) { self.hidden = hidden }

    public var settings: String { "hidden=\(hidden)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        let net = JointBeliefNet(set, width: Self.width, hidden: hidden, steps: Self.steps, seed: seed)
        guard net.isFinite else { throw CrossModalMethodError.notFinite(method: Self.name) }
        let codes = net.oneSided(set)
        return Space(net: net, standards: (Standardisation(codes.images), Standardisation(codes.texts)))
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
    private let image: BeliefLayers, text: BeliefLayers
    private let joint: RestrictedBoltzmannMachine
    /// Mean states, which a missing side begins with.
    private let imageMean: [Float], textMean: [Float]
    private static let passes = 10

    init(_ set: PairedFeatures, width: Int, hidden: Int, steps: Int, seed: UInt64) {
        image = BeliefLayers(set.images, widths: [width, width], steps: steps, seed: seed)
        text = BeliefLayers(set.texts, widths: [width, width], steps: steps, seed: seed &+ 10)
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
        for _ in 0...Self.passes {
            hidden = joint.hidden(of: isImage ? states.joiningColumns(other) : other.joiningColumns(states))
            other = joint.visible(of: hidden).columns(range)
        }
        return hidden
    }
}
