import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// Pairs whose every fragment tells what one region shows; images have as many regions more that show anything. Wholes are means.
struct PlantedParts {
    var problem: CommonSpaceLearner.Problem
    /// The region that answers each fragment.
    var answers: [Int] = []
    static let fragmentsEach = 3

    init(_ count: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let look = Matrix(rows: 4, columns: 8, values: generator.normalMatrix(rows: 4, columns: 8, deviation: 1))
        let language = Matrix(rows: 4, columns: 7, values: generator.normalMatrix(rows: 4, columns: 7, deviation: 1))
        let (fragmentsEach, regionsEach) = (Self.fragmentsEach, 2 * Self.fragmentsEach)
        var shown: [Float] = [], told: [Float] = []
        for pair in 0..<count {
            var regions = generator.normalMatrix(rows: regionsEach, columns: 4, deviation: 1)
            let order = generator.permutation(regionsEach)
            for fragment in 0..<fragmentsEach {
                answers.append(pair * regionsEach + order[fragment])
                told += regions[4 * order[fragment]..<4 * order[fragment] + 4]
            }
            for place in order.dropFirst(fragmentsEach) { for k in 0..<4 { regions[4 * place + k] *= 1.5 } }
            shown += regions
        }
        func side(_ values: [Float], _ map: Matrix, _ each: Int) -> RaggedRows {
            let rows = count * each
            var parts = Matrix.product(Matrix(rows: rows, columns: 4, values: values), map)
            parts.add(Matrix(rows: rows, columns: map.columns, values: generator.normalMatrix(rows: rows, columns: map.columns, deviation: 0.2)))
            return RaggedRows(values: parts, offsets: (0...count).map { $0 * each })
        }
        let images = side(shown, look, regionsEach), texts = side(told, language, fragmentsEach)
        let wholes = (images.means(or: Matrix(rows: count, columns: 8)), texts.means(or: Matrix(rows: count, columns: 7)))
        problem = CommonSpaceLearner.Problem(
            images: wholes.0, texts: wholes.1, known: [Bool](repeating: true, count: count),
            pairs: (0..<count).map { TrainingPair(sheet: $0, image: $0) }, categories: [Int?](repeating: nil, count: count), classes: 0,
            parts: PartFeatures(images: images, texts: texts, wholeImages: wholes.0, wholeTexts: wholes.1))
    }
}

struct FineGrainTests {
    @Test func `Alignment is the mean over fragments of the best region, never below nothing`() {
        var generator = SeededGenerator(seed: 1)
        let regions = RaggedRows(values: Matrix(rows: 6, columns: 3, values: generator.normalMatrix(rows: 6, columns: 3, deviation: 1)), offsets: [0, 2, 2, 6])
        let fragments = RaggedRows(values: Matrix(rows: 5, columns: 3, values: generator.normalMatrix(rows: 5, columns: 3, deviation: 1)), offsets: [0, 3, 5, 5])
        let alignment = PartAlignment(regions: regions, fragments: fragments)
        for image in 0..<3 {
            for text in 0..<3 {
                var sum: Float = 0
                for fragment in fragments.range(text) {
                    let products = regions.range(image).map { ($0, regions.values.dot($0, fragments.values, fragment)) }
                    let best = products.max { $0.1 < $1.1 }
                    sum += max(0, best?.1 ?? 0)
                    let expected = best.map { $0.1 > 0 ? $0.0 : -1 } ?? -1
                    #expect(Int(alignment.chosen[image * 5 + fragment]) == expected)
                }
                #expect(abs(alignment.scores[image, text] - sum / Float(max(1, fragments.range(text).count))) < 1e-5)
            }
        }
    }

    @Test func `What has no parts is its own only part`() {
        let whole = Matrix(rows: 2, columns: 2, values: [1, 2, 3, 4])
        let parts = RaggedRows(values: Matrix(rows: 1, columns: 2, values: [5, 6]), offsets: [0, 0, 1])
        #expect(parts.filled(from: whole) == RaggedRows(values: Matrix(rows: 2, columns: 2, values: [1, 2, 5, 6]), offsets: [0, 1, 2]))
    }

    @Test func `Parts find pairs that wholes blur, and show which region answers which fragment`() throws {
        let world = PlantedParts(240, seed: 3)
        var settings = TrainingSettings()
        (settings.codeDimension, settings.hiddenUnits, settings.stage1Epochs, settings.stage2Epochs, settings.fineEpochs) = (8, 4, 5, 15, 60)
        settings.learningRate = 0.005
        let outcome = try CommonSpaceLearner(settings: settings).learn(world.problem)
        let choice = outcome.choice
        #expect(choice.schedule.fineShare > 0)
        #expect(choice.chosen.figure > choice.figures[2].figure + 0.1, "\(choice.figures[2].figure) -> \(choice.chosen.figure)")

        let parts = try #require(world.problem.parts)
        let held = outcome.split.heldSheets
        let alignment = outcome.encoders.alignment(parts.images, parts.texts, known: world.problem.known)
        let right = held.count { pair in
            let fragment = pair * PlantedParts.fragmentsEach
            return Int(alignment.chosen[pair * parts.texts.values.rows + fragment]) == world.answers[fragment]
        }
        #expect(Double(right) / Double(held.count) > 0.7, "\(right) of \(held.count) planted regions, 1 in 6 by chance")
    }

    @Test func `Without parts nothing is fine`() throws {
        var world = PlantedParts(20, seed: 4)
        world.problem.parts = nil
        var settings = TrainingSettings()
        (settings.stage1Epochs, settings.stage2Epochs) = (1, 1)
        let outcome = try CommonSpaceLearner(settings: settings).learn(world.problem)
        #expect(outcome.choice.figures.count == 3 && outcome.fineShare == 0)
    }
}
