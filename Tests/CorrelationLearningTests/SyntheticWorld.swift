import CorrelationLearning
import Documents
import LinearAlgebra

@testable import struct CorrelationLearning.SeededGenerator

/// An archive whose images and sheets show the same hidden equipment: each sheet has a latent vector, its images mix it with
/// nuisance, and its terms are drawn from it.
struct SyntheticWorld {
    var set: TrainingSet
    /// Images that were kept out of the pairs, with their sheets.
    var held: [(image: Int, sheet: Int)] = []

    /// `imagesPerSheet` pairs per sheet, one more image per sheet held out; the last `unseen` sheets have no pair at all.
    init(
        sheets: Int = 24, imagesPerSheet: Int = 2, unseen: Int = 0, dimension: Int = 120, latent: Int = 6, noise: Float = 1,
        nuisance: Float = 1, seed: UInt64 = 7
    ) {
        var generator = SeededGenerator(seed: seed)
        let look = Matrix(
            rows: latent, columns: dimension,
            values: generator.normalMatrix(rows: latent, columns: dimension, deviation: 1))
        let lighting = Matrix(rows: 8, columns: dimension, values: generator.normalMatrix(rows: 8, columns: dimension, deviation: 1))
        let language = Matrix(rows: latent, columns: 150, values: generator.normalMatrix(rows: latent, columns: 150, deviation: 1))
        var descriptors: [Float] = [], texts: [SheetDescriptor] = [], pairs: [TrainingPair] = [], categories: [String?] = []
        var image = 0
        for sheet in 0..<sheets {
            let hidden = Matrix(rows: 1, columns: latent, values: generator.normalMatrix(rows: 1, columns: latent, deviation: 1))
            let visible = Matrix.product(hidden, look).values
            for copy in 0...imagesPerSheet {
                // Strong directions that say nothing about the sheet, then noise, then a bend.
                let light = Matrix(rows: 1, columns: 8, values: generator.normalMatrix(rows: 1, columns: 8, deviation: nuisance))
                for (seen, disturbed) in zip(visible, Matrix.product(light, lighting).values) {
                    let value = seen + disturbed + noise * 2 * generator.normal()
                    descriptors.append(value / (1 + abs(value) / 8))
                }
                if copy == imagesPerSheet || sheet >= sheets - unseen {
                    held.append((image, sheet))
                } else {
                    pairs.append(TrainingPair(sheet: sheet, image: image))
                }
                image += 1
            }
            let words = Matrix.product(hidden, language).values
            var counts: [(String, Float)] = []
            for (term, strength) in words.enumerated() where strength + generator.normal() > 2 {
                counts.append(("w\(1000 + term)", Float(Int(strength.magnitude)) + 1))
            }
            counts.append(("i\(2000 + sheet)", 1))
            counts.sort { $0.0 < $1.0 }
            texts.append(SheetDescriptor(terms: counts.map(\.0), coarse: counts.map(\.1), fine: []))
            categories.append(hidden.values[0] > 0 ? "pump" : "valve")
        }
        set = TrainingSet(
            imageDescriptors: Matrix(rows: image, columns: dimension, values: descriptors), sheets: texts, pairs: pairs,
            categories: categories)
    }

    /// The share of held-out images of those sheets that find their sheet among the first five of all.
    func recallAt5(_ model: CorrelationModel, sheets: Range<Int>) -> Double {
        let asked = held.filter { sheets.contains($0.sheet) }
        let scores = Matrix.product(
            model.encode(images: set.imageDescriptors.gathering(asked.map(\.image))), .asIs,
            model.encode(sheets: set.sheets), .transposed)
        let hits = asked.indices.count { row in
            let right = scores[row, asked[row].sheet]
            return (0..<scores.columns).count { scores[row, $0] > right } < 5
        }
        return Double(hits) / Double(max(1, asked.count))
    }

    /// Settings small enough for an unoptimised build.
    static var quick: TrainingSettings {
        var settings = TrainingSettings()
        settings.codeDimension = 16
        settings.imageComponents = 32
        settings.textComponents = 24
        settings.hiddenUnits = 8
        settings.stage1Epochs = 8
        settings.stage2Epochs = 25
        settings.patience = 8
        return settings
    }
}

extension TrainingSet {
    /// What tests change and look at in sets that are in memory.
    private var memory: DescriptorsInMemory {
        get { descriptors as? DescriptorsInMemory ?? DescriptorsInMemory(images: Matrix(rows: 0, columns: 0), sheets: []) }
        set { descriptors = newValue }
    }
    var imageDescriptors: Matrix {
        get { memory.images }
        set { memory.images = newValue }
    }
    var sheets: [SheetDescriptor] {
        get { memory.sheets }
        set { memory.sheets = newValue }
    }
    var regions: RaggedRows? {
        get { memory.regions }
        set { memory.regions = newValue }
    }
}
