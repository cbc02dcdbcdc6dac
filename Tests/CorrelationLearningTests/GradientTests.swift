import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// Every gradient that is written by hand, against central differences.
struct GradientTests {
    private static func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(
            rows: rows, columns: columns, values: generator.normalMatrix(rows: rows, columns: columns, deviation: 1))
    }

    private static var pairs: Matrix {
        Matrix(rows: 4, columns: 3, values: [0.2, 0, 0, 0.1, 0.1, 0, 0, 0.3, 0, 0, 0, 0.3])
    }

    /// Parts of four images and three texts; one image has none.
    private static var parts: PartFeatures {
        PartFeatures(
            images: RaggedRows(values: random(7, 5, 60), offsets: [0, 2, 2, 6, 7]), texts: RaggedRows(values: random(6, 6, 61), offsets: [0, 1, 4, 6]),
            wholeImages: random(4, 5, 12), wholeTexts: random(3, 6, 13))
    }

    private static func settings(_ balance: Balance) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.temperature = 0.5
        settings.balance = balance
        return settings
    }

    private func check(_ point: Matrix, _ gradient: Matrix, sourceLocation: SourceLocation = #_sourceLocation, _ loss: (Matrix) -> Float) {
        let step: Float = 1e-2
        for index in point.values.indices {
            var up = point, down = point
            up.values[index] += step
            down.values[index] -= step
            let slope = (loss(up) - loss(down)) / (2 * step)
            #expect(abs(slope - gradient.values[index]) < 2e-3 + 2e-2 * abs(slope), "value \(index)", sourceLocation: sourceLocation)
        }
    }

    private func check<Point: Parameters>(
        _ point: Point, _ gradient: Point, sourceLocation: SourceLocation = #_sourceLocation, _ loss: (Point) -> Float
    ) {
        let matrices = point.matrices, gradients = gradient.matrices
        #expect(matrices.count == gradients.count && !matrices.isEmpty, sourceLocation: sourceLocation)
        for (index, (matrix, slope)) in zip(matrices, gradients).enumerated() {
            check(matrix, slope, sourceLocation: sourceLocation) {
                var changed = matrices, moved = point
                changed[index] = $0
                moved.set(changed)
                return loss(moved)
            }
        }
    }

    @Test func `Agreement follows its gradient`() {
        let (f, g) = (Self.random(4, 5, 1), Self.random(3, 5, 2))
        let result = AgreementLoss.evaluate(images: f, sheets: g, pairs: Self.pairs)
        check(f, result.images) { AgreementLoss.evaluate(images: $0, sheets: g, pairs: Self.pairs).loss }
        check(g, result.sheets) { AgreementLoss.evaluate(images: f, sheets: $0, pairs: Self.pairs).loss }
    }

    @Test func `Similarity follows its gradient`() {
        let (f, g) = (Self.random(4, 5, 3), Self.random(3, 5, 4))
        func evaluate(_ f: Matrix, _ g: Matrix) -> (loss: Float, images: Matrix, sheets: Matrix) {
            SimilarityLoss.evaluate(images: f, sheets: g, pairs: Self.pairs, temperature: 0.7)
        }
        let result = evaluate(f, g)
        check(f, result.images) { evaluate($0, g).loss }
        check(g, result.sheets) { evaluate(f, $0).loss }
    }

    @Test func `The decoder follows its gradients`() {
        let (code, features) = (Self.random(4, 3, 5), Self.random(4, 5, 6))
        let weights: [Float] = [0.1, 0.2, 0.3, 0.4]
        let decoder = Decoder(weights: Self.random(3, 5, 7), bias: Self.random(1, 5, 8))
        let result = decoder.loss(code: code, features: features, weights: weights)
        check(code, result.code) { decoder.loss(code: $0, features: features, weights: weights).loss }
        check(decoder, result.parameters) { $0.loss(code: code, features: features, weights: weights).loss }
    }

    @Test func `The category head follows its gradients`() {
        let code = Self.random(4, 3, 9), head = CategoryHead(weights: Self.random(3, 3, 10), bias: Self.random(1, 3, 11))
        let result = head.loss(code: code, targets: Self.pairs)
        check(code, result.code) { head.loss(code: $0, targets: Self.pairs).loss }
        check(head, result.parameters) { $0.loss(code: code, targets: Self.pairs).loss }
    }

    @Test func `Both stages follow their gradients through the whole encoders`() {
        let (x, y) = (Self.random(4, 5, 12), Self.random(3, 6, 13))
        func encoder(_ inputs: Int, _ seed: UInt64) -> Encoder {
            Encoder(
                linear: Self.random(inputs, 4, seed), bias: Self.random(1, 4, seed + 1), hidden: Self.random(inputs, 3, seed + 2),
                hiddenBias: Self.random(1, 3, seed + 3), output: Self.random(3, 4, seed + 4))
        }
        func decoder(_ outputs: Int, _ seed: UInt64) -> Decoder {
            Decoder(weights: Self.random(4, outputs, seed), bias: Self.random(1, outputs, seed + 1))
        }
        let head = CategoryHead(weights: Self.random(4, 2, 45), bias: Self.random(1, 2, 46))
        let uncertainties = StageExtras.Uncertainties(pair: 0.4, category: -0.7)
        let stages: [(StageRunner.Objective, StageExtras)] = [
            (Objectives.stage1(lambda: 0.7), StageExtras(imageDecoder: decoder(5, 40), textDecoder: decoder(6, 42))),
            (Objectives.stage2(Self.settings(.fixed(0.3)), categories: Self.random(3, 2, 44).squared), StageExtras(head: head)),
            (Objectives.stage2(Self.settings(.adaptive), categories: Self.random(3, 2, 44).squared),
             StageExtras(head: head, uncertainties: uncertainties)),
            (Objectives.fine(Self.settings(.fixed(0)), categories: Matrix(rows: 3, columns: 0), parts: Self.parts), StageExtras()),
        ]
        for (objective, extras) in stages {
            func evaluate(_ parameters: StageParameters) -> (loss: Float, gradient: StageParameters) {
                parameters.gradient(([0, 1, 2, 3], [0, 1, 2], Self.pairs), x, y, objective)
            }
            let all = StageParameters(image: encoder(5, 20), text: encoder(6, 25), extras: extras)
            check(all, evaluate(all).gradient) { evaluate($0).loss }
        }
    }
}

extension Matrix {
    fileprivate var squared: Matrix { Matrix(rows: rows, columns: columns, values: values.map { $0 * $0 }) }
}
