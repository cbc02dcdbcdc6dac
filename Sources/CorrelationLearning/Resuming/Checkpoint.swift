import FoundationEssentials
import LinearAlgebra
import Storage

/// The file of a training in progress (docs/formats/checkpoint.md).
public enum Checkpoint {
    /// What a checkpoint calls itself.
    public static let kind = "checkpoint"
    public static let version = 1

    /// The states of stages by name as a file.
    static func file(_ states: [String: StageState], key: String) -> TensorFile {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Numbers and texts always encode, since the trainer refuses what is not finite.
        var tensors = ["courses": Tensor(Array(try! encoder.encode(states.mapValues(\.course))))]
        for (name, state) in states {
            for (part, matrices) in parts(of: state) {
                for (index, matrix) in matrices.enumerated() {
                    tensors["\(name).\(part).\(index)"] = Tensor(matrix.values, shape: [matrix.rows, matrix.columns])
                }
            }
        }
        return TensorFile(kind: kind, version: version, metadata: ["key": key], tensors: tensors)
    }

    /// The states of a file; `nil` when it lacks something.
    static func states(of file: TensorFile) -> [String: StageState]? {
        guard let text = try? file.tensor("courses", .u8, dimensions: 1),
            let courses = try? JSONDecoder().decode([String: StageState.Course].self, from: Data(text.values(as: UInt8.self)))
        else { return nil }
        return courses.reduce(into: [:]) { states, entry in
            func matrices(_ part: String) -> [Matrix] {
                var found: [Matrix] = []
                while let tensor = try? file.tensor("\(entry.key).\(part).\(found.count)", .f32, dimensions: 2) {
                    found.append(Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.values()))
                }
                return found
            }
            states[entry.key] = StageState(
                course: entry.value, parameters: matrices("parameters"), first: matrices("first"), second: matrices("second"),
                best: matrices("best"))
        }
    }

    private static func parts(of state: StageState) -> [(String, [Matrix])] {
        [("parameters", state.parameters), ("first", state.first), ("second", state.second), ("best", state.best)]
    }
}
