import CorrelationLearning
import Documents
import LinearAlgebra
import Testing

struct DegenerateInputTests {
    private func expectFinite(_ set: TrainingSet) throws {
        let model = try CorrelationTrainer(SyntheticWorld.quick).train(set).model
        #expect(model.encode(images: set.imageDescriptors).isFinite)
        #expect(model.encode(sheets: set.sheets).isFinite)
    }

    @Test func `Four pairs are enough`() throws {
        try expectFinite(SyntheticWorld(sheets: 4, imagesPerSheet: 1).set)
    }

    @Test func `Constant, zero and repeated descriptors stay finite`() throws {
        var set = SyntheticWorld(sheets: 6).set
        for column in 0..<set.imageDescriptors.columns { set.imageDescriptors[0, column] = 0 }
        for row in 0..<set.imageDescriptors.rows { set.imageDescriptors[row, 5] = 1 }
        for column in 0..<set.imageDescriptors.columns { set.imageDescriptors[2, column] = set.imageDescriptors[1, column] }
        set.sheets[1] = set.sheets[0]
        try expectFinite(set)
    }

    @Test func `Images that are all the same stay finite`() throws {
        var set = SyntheticWorld(sheets: 5).set
        for index in set.imageDescriptors.values.indices { set.imageDescriptors.values[index] = 1 }
        try expectFinite(set)
    }

    @Test func `Sheets without terms stay finite`() throws {
        var set = SyntheticWorld(sheets: 5).set
        for index in set.sheets.indices { set.sheets[index] = SheetDescriptor(terms: [], coarse: [], fine: []) }
        try expectFinite(set)
    }

    @Test func `One image that belongs to every sheet stays finite`() throws {
        var set = SyntheticWorld(sheets: 5).set
        set.pairs = set.sheets.indices.map { TrainingPair(sheet: $0, image: 0, weight: Float($0 + 1)) }
        try expectFinite(set)
    }

    @Test func `A set without categories and without validation trains`() throws {
        var settings = SyntheticWorld.quick
        settings.validationShare = 0
        var set = SyntheticWorld(sheets: 5).set
        set.categories = set.categories.map { _ in nil }
        let trained = try CorrelationTrainer(settings).train(set)
        let (model, record) = (trained.model, trained.record)
        #expect(record.validationPairs == 0)
        #expect(model.encode(sheets: set.sheets).isFinite)
    }

    @Test func `A sheet of unknown terms gets zeros`() throws {
        let model = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 5).set).model
        let code = model.encode(sheet: SheetDescriptor(terms: ["wnever"], coarse: [1], fine: []))
        #expect(code == [Float](repeating: 0, count: model.codeDimension))
    }
}
