import ArgumentParser
import Pipelines
import Reporting
import SystemPackage

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Find what one file belongs to; it need not be in the archive.")

    @Argument(help: "An image or a sheet.")
    var file: String

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "Candidates to show.")
    var top = 5

    @OptionGroup var output: JSONFlag

    func validate() throws {
        guard (1...10_000).contains(top) else { throw ValidationError("--top must be from 1 to 10000") }
    }

    func run() throws {
        let rows = try Query(archive: OpenWorkspace(workspace.value)).rows(Workspace.absolute(FilePath(file)), top: top)
        if output.json {
            var lines = MatchReport(format: .jsonl)
            for row in rows { lines.append(row) }
            return try Terminal.write(lines.bytes)
        }
        for row in rows {
            let page = row.candidateKind == "image" ? " page \(row.candidatePage)" : ""
            let title = row.candidateTitle.isEmpty ? "" : "  \(row.candidateTitle)"
            if rows.last?.queryPage ?? 1 > 1, row.rank == 1 { try Terminal.print("page \(row.queryPage):") }
            try Terminal.print("\(row.rank)  \(Self.rounded(row.score))  \(row.candidatePath)\(page)\(title)")
        }
    }

    private static func rounded(_ score: Float) -> String {
        String(Float(Int((score * 1_000).rounded())) / 1_000)
    }
}
