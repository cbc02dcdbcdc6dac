import Documents
import LinearAlgebra
import Storage
import SystemPackage
import Testing

@testable import CorrelationLearning

struct ModelFileTests {
    @Test(arguments: [true, false])
    func `A model that was written and read encodes the same, with categories or without`(hasCategories: Bool) throws {
        var world = SyntheticWorld(sheets: 6)
        if !hasCategories { world.set.categories = world.set.categories.map { _ in nil } }
        var model = try CorrelationTrainer(SyntheticWorld.quick).train(world.set).model
        #expect(try CorrelationModel(model.tensorFile).extractors.isEmpty)
        #expect(try CorrelationModel(model.tensorFile).neighbours == model.neighbours)
        model.neighbours = 7
        model.extractors = [.image: "image-9.parse-9", .sheet: "sheet-9.parse-9"]
        let path = FilePath("/tmp/shogo-model-\(UInt64.random(in: 0...UInt64.max)).safetensors")
        try model.tensorFile.write(to: path)
        let read = try CorrelationModel(contentsOf: path)
        #expect(read.encode(images: world.set.imageDescriptors) == model.encode(images: world.set.imageDescriptors))
        #expect(read.encode(sheet: world.set.sheets[2]) == model.encode(sheet: world.set.sheets[2]))
        #expect(read.neighbours == 7 && read.digest == model.digest && read.extractors == model.extractors)
        #expect(read.codeDimension == (hasCategories ? 16 + 4 : 16) && read.imageDimension == 120)
        #expect(model.tensorFile.version == (hasCategories ? 2 : 1))
    }

    @Test func `A file whose tensors do not fit each other is refused`() throws {
        let model = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 5).set).model
        var tensors = model.tensorFile.tensors
        tensors["text.weights"] = Tensor([Float](repeating: 1, count: 2))
        let file = TensorFile(kind: "model", version: 1, metadata: ["seed": "1"], tensors: tensors)
        #expect(throws: StorageError.self) { try CorrelationModel(file) }
    }

    @Test(arguments: ["0", "-1", "many"])
    func `A number of neighbours that is none is refused`(text: String) throws {
        let model = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 5).set).model
        let file = TensorFile(
            kind: "model", version: model.tensorFile.version, metadata: model.tensorFile.metadata.merging(["neighbours": text]) { $1 },
            tensors: model.tensorFile.tensors)
        #expect(throws: StorageError.self) { try CorrelationModel(file) }
    }

    @Test(arguments: [["balance": "2"], ["balance": "none"], [:]])
    func `Categories without a balance from 0 to 1 are refused`(metadata: [String: String]) throws {
        let model = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 5).set).model
        let file = TensorFile(kind: "model", version: 2, metadata: metadata.merging(["seed": "1"]) { $1 }, tensors: model.tensorFile.tensors)
        #expect(throws: StorageError.self) { try CorrelationModel(file) }
    }

    @Test func `Categories of other features than the encoder's are refused`() throws {
        let model = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 5).set).model
        var tensors = model.tensorFile.tensors
        tensors["text.categories.weights"] = Tensor([Float](repeating: 1, count: 6), shape: [3, 2])
        let file = TensorFile(kind: "model", version: 2, metadata: ["seed": "1", "balance": "0.5"], tensors: tensors)
        #expect(throws: StorageError.self) { try CorrelationModel(file) }
    }
}
