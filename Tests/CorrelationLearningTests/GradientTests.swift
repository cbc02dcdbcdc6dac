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
        let parameters = [Self.random(3, 5, 7), Self.random(1, 5, 8)]
        let result = Decoder(parameters: parameters).loss(code: code, features: features, weights: weights)
        check(code, result.code) { Decoder(parameters: parameters).loss(code: $0, features: features, weights: weights).loss }
        for index in parameters.indices {
            check(parameters[index], result.parameters[index]) {
                var changed = parameters
                changed[index] = $0
                return Decoder(parameters: changed).loss(code: code, features: features, weights: weights).loss
            }
        }
    }

    @Test func `The category head follows its gradients`() {
        let code = Self.random(4, 3, 9), parameters = [Self.random(3, 3, 10), Self.random(1, 3, 11)]
        let result = CategoryHead(parameters: parameters).loss(code: code, targets: Self.pairs)
        check(code, result.code) { CategoryHead(parameters: parameters).loss(code: $0, targets: Self.pairs).loss }
        for index in parameters.indices {
            check(parameters[index], result.parameters[index]) {
                var changed = parameters
                changed[index] = $0
                return CategoryHead(parameters: changed).loss(code: code, targets: Self.pairs).loss
            }
        }
    }

    @Test func `Both stages follow their gradients through the whole encoders`() {
        let (x, y) = (Self.random(4, 5, 12), Self.random(3, 6, 13))
        let shapes = { (inputs: Int) in [(inputs, 4), (1, 4), (inputs, 3), (1, 3), (3, 4)] }
        let parameters = (shapes(5) + shapes(6)).enumerated().map { Self.random($1.0, $1.1, UInt64(20 + $0)) }
        let stages: [(StageRunner.Objective, [Matrix])] = [
            (Objectives.stage1(lambda: 0.7), [Self.random(4, 5, 40), Self.random(1, 5, 41), Self.random(4, 6, 42), Self.random(1, 6, 43)]),
            (Objectives.stage2(Self.settings(.fixed(0.3)), categories: Self.random(3, 2, 44).squared),
             [Self.random(4, 2, 45), Self.random(1, 2, 46)]),
            (Objectives.stage2(Self.settings(.adaptive), categories: Self.random(3, 2, 44).squared),
             [Self.random(4, 2, 45), Self.random(1, 2, 46), Self.random(1, 1, 47), Self.random(1, 1, 48)]),
            (Objectives.fine(Self.settings(.fixed(0)), categories: Matrix(rows: 3, columns: 0), parts: Self.parts), []),
        ]
        for (objective, extras) in stages {
            func evaluate(_ parameters: [Matrix]) -> (loss: Float, gradients: [Matrix]) {
                guard let image = Encoder(parameters: Array(parameters[0..<5])),
                    let text = Encoder(parameters: Array(parameters[5..<10]))
                else { return (.nan, []) }
                let images = image.forward(x), texts = text.forward(y)
                let encoders = CommonEncoders(image: image, text: text)
                let result = objective(([0, 1, 2, 3], [0, 1, 2], Self.pairs), encoders, images, texts, Array(parameters[10...]))
                var gradients = image.backward(images, result.images) + text.backward(texts, result.texts) + result.extras
                for (index, more) in result.encoders.enumerated() { gradients[index].add(more) }
                return (result.loss, gradients)
            }
            let all = parameters + extras
            let gradients = evaluate(all).gradients
            for index in all.indices {
                check(all[index], gradients[index]) {
                    var changed = all
                    changed[index] = $0
                    return evaluate(changed).loss
                }
            }
        }
    }
}

extension Matrix {
    fileprivate var squared: Matrix { Matrix(rows: rows, columns: columns, values: values.map { $0 * $0 }) }
}
