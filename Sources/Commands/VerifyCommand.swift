import ArgumentParser
import Pipelines

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every byte that Shogo wrote and check it.",
        discussion: "Exit code 7 when something is damaged. Whatever is named can be deleted: the next run makes it anew.")

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: JSONFlag

    func run() throws {
        let verification = try Verification(archive: OpenWorkspace(workspace.value))
        if output.json {
            try Terminal.print(json: verification)
        } else {
            for problem in verification.problems { try Terminal.print("\(problem)") }
            try Terminal.print("\(verification.files) files are whole, \(verification.problems.count) are not")
        }
        if !verification.problems.isEmpty { throw ExitCode(ExitStatus.indexDamaged.rawValue) }
    }
}
