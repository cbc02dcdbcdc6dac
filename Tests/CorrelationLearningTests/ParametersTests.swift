import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// The order of parameters is that of checkpoints: a change would read old ones wrongly.
struct ParametersTests {
    private static func matrix(_ value: Float) -> Matrix { Matrix(rows: 1, columns: 1, values: [value]) }

    private static func encoder(_ first: Float) -> Encoder {
        Encoder(
            linear: matrix(first), bias: matrix(first + 1), hidden: matrix(first + 2), hiddenBias: matrix(first + 3), output: matrix(first + 4))
    }

    private static let stage1 = StageParameters(
        image: encoder(0), text: encoder(5),
        extras: StageExtras(imageDecoder: Decoder(weights: matrix(10), bias: matrix(11)), textDecoder: Decoder(weights: matrix(12), bias: matrix(13))))
    private static let stage2 = StageParameters(
        image: encoder(0), text: encoder(5),
        extras: StageExtras(
            head: CategoryHead(weights: matrix(10), bias: matrix(11)), uncertainties: StageExtras.Uncertainties(pair: 12, category: 13)))

    @Test(arguments: [stage1, stage2])
    func `Encoders come first, image before text, then what the stage learns beside them`(parameters: StageParameters) {
        #expect(parameters.matrices.flatMap(\.values) == (0..<14).map(Float.init))
        #expect(CommonEncoders(image: parameters.image, text: parameters.text).matrices == Array(parameters.matrices[..<10]))
        var moved = parameters
        moved.set(parameters.matrices.map { $0.scaled(2) })
        #expect(moved.matrices == parameters.scaled(2).matrices && moved.matrices == parameters.adding(parameters).matrices)
        #expect(moved.text.output.values == [18])
    }

    @Test func `The names of an encoder's parameters are those of model files`() {
        #expect(Encoder.order.map(\.name) == ["linear", "bias", "hidden", "hidden_bias", "output"])
    }
}
