import Foundation
import Queueing
import Storage
import SystemPackage

/// Remembers what a step was last done for, so that it is not done again for the same.
struct StepMemo {
    private struct Record: Codable {
        var inputs: [String]
        var outcome: String
    }

    private let catalog: Catalog
    private let name: String
    private let inputs: [String]

    /// `inputs` are all that the step's result depends on, beside this program.
    init(_ catalog: Catalog, _ name: String, for inputs: [String]) {
        self.catalog = catalog
        self.name = "step " + name
        self.inputs = [Self.program] + inputs
    }

    /// Another build may do the same step otherwise: it does each once more.
    private static let program = WholeFile.stamp(FilePath(currentExecutable())) ?? ""

    /// What the step gave for the same inputs; `nil` when it was last done for others, or never.
    func outcome() throws -> String? {
        guard let text = try catalog.memo(name) else { return nil }
        // A record of another version is none.
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(text.utf8)), record.inputs == inputs else { return nil }
        return record.outcome
    }

    func note(_ outcome: String) throws {
        try catalog.setMemo(name, String(decoding: try JSONEncoder().encode(Record(inputs: inputs, outcome: outcome)), as: UTF8.self))
    }
}
