import ArgumentParser
import Pipelines

struct FailuresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failures", abstract: "List the files that are not indexed, with reasons and what to do.")

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: JSONFlag

    func run() throws {
        for entry in try Failures(archive: OpenWorkspace(workspace.value)).entries() {
            if output.json {
                try Terminal.print(json: entry)
            } else {
                let page = entry.page.map { " page \($0)" } ?? ""
                try Terminal.print("\(entry.path)\(page)\n  \(entry.state), \(entry.reason) (\(entry.stage)): \(entry.message)\n  \(entry.advice)")
            }
        }
    }
}
