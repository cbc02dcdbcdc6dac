import CorrelationLearning
import Foundation
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

struct CheckpointFileTests {
    private static let state = TensorFile(
        kind: Checkpoint.kind, version: Checkpoint.version, metadata: ["key": "k"], tensors: ["a": Tensor([1, 2, 3] as [Float])])

    @Test func `A checkpoint comes back as it was written, until it is removed`() throws {
        let folder = TemporaryDirectory()
        let file = CheckpointFile(Workspace(path: folder.path)) { Issue.record("\($0)") }
        #expect(file.last == nil)
        file.note(endsStage: true) { Self.state }
        #expect(file.last?.metadata["key"] == "k")
        try file.remove()
        try file.remove()
        #expect(file.last == nil)
    }

    @Test func `Within a stage a checkpoint is made only when the last is old enough`() throws {
        let folder = TemporaryDirectory()
        var made = 0
        for (interval, expected) in [(Duration.seconds(1_000), 1), (.zero, 4)] {
            let file = CheckpointFile(Workspace(path: folder.path), interval: interval) { Issue.record("\($0)") }
            for epoch in 1...4 {
                file.note(endsStage: epoch == 4) {
                    made += 1
                    return Self.state
                }
            }
            #expect(made == expected)
            made = 0
        }
    }

    @Test func `A checkpoint that is cut anywhere or changed in any byte of its tensors is remarked on and not used`() throws {
        let folder = TemporaryDirectory()
        let workspace = Workspace(path: folder.path)
        CheckpointFile(workspace) { Issue.record("\($0)") }.note(endsStage: true) { Self.state }
        let path = workspace.modelFolder.appending("training.safetensors")
        let bytes = try WholeFile.read(path)
        var damaged = (0..<bytes.count).map { Array(bytes.prefix($0)) }
        for place in bytes.count - 12..<bytes.count {
            damaged.append(bytes)
            damaged[damaged.count - 1][place] ^= 1
        }
        for bytes in damaged {
            try Data(bytes).write(to: URL(fileURLWithPath: path.string))
            var remarks: [String] = []
            #expect(CheckpointFile(workspace) { remarks.append($0) }.last == nil)
            #expect(remarks.count == 1)
        }
    }

    @Test func `A folder that cannot be written is remarked on once`() throws {
        let folder = TemporaryDirectory()
        try Data().write(to: URL(fileURLWithPath: folder.path.appending("models").string))
        var remarks: [String] = []
        let file = CheckpointFile(Workspace(path: folder.path)) { remarks.append($0) }
        for _ in 1...3 { file.note(endsStage: true) { Self.state } }
        #expect(remarks.count == 1)
    }
}
