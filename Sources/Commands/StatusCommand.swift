import ArgumentParser
import Pipelines

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show what the workspace holds.")

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: JSONFlag

    func run() throws {
        let status = try Status(archive: OpenWorkspace(workspace.value))
        if output.json { return try Terminal.print(json: status) }
        try Terminal.print("files     \(status.files.values.reduce(0, +))")
        for (state, count) in status.files.sorted(by: { $0.key < $1.key }) where count > 0 { try Terminal.print("  \(state)  \(count)") }
        try Terminal.print("rows      \(status.rows)")
        if status.warnings > 0 { try Terminal.print("warnings  \(status.warnings) pages kept although damaged") }
        if status.parts > 0 { try Terminal.print("parts     \(status.parts) texts that belong into sheets stand in other files: shogo links --kind part") }
        try Terminal.print("pairs     \(status.pairs)")
        try Terminal.print("model     \(status.model ?? "none yet")")
        try Terminal.print("snapshot  \(status.snapshot ?? "none yet")")
    }
}
