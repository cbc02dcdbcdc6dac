import Foundation

/// The built `shogo`, run as a user runs it.
struct ShogoProgram {
    struct Outcome {
        var status: Int32
        var output: String
        var messages: String

        /// Standard output as one JSON object.
        var json: [String: Any] {
            get throws { try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:] }
        }
    }

    /// It lies beside the test bundle that runs this.
    static var executable: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("shogo")
    }

    static func start(_ arguments: [String]) throws -> (process: Process, output: Pipe, messages: Pipe) {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        return (process, output, messages)
    }

    @discardableResult
    static func run(_ arguments: String...) throws -> Outcome { try run(arguments: arguments) }

    @discardableResult
    static func run(arguments: [String]) throws -> Outcome {
        let (process, output, messages) = try start(arguments)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let words = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Outcome(status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus, output: text, messages: words)
    }

    /// The processes that a process started: the workers of a run.
    static func children(of process: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []  // none when it ended
        return names.flatMap { task in
            ((try? String(contentsOfFile: "/proc/\(process)/task/\(task)/children", encoding: .utf8)) ?? "")  // the same
                .split(separator: " ").compactMap { Int32($0) }
        }
    }
}
