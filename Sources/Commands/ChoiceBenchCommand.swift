import ArgumentParser
import Pipelines

struct ChoiceBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "choice", abstract: "Measure on your own pairs whether what training chooses is better than the closed form alone.",
        discussion: """
            Needs a workspace whose archive is described and has known pairs; changes nothing in it. For each size and seed a quarter of the \
            sheets is held out (1,000 at most) and asked for in both directions. docs/benchmarks.md has figures.
            """)

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: JSONFlag

    @Option(parsing: .upToNextOption, help: "How many pairs teach, several sizes one after the other; all that are left if none is given.")
    var pairs: [Int] = []

    @Option(help: "Random splits for each size.")
    var seeds = 5

    func validate() throws {
        if seeds < 1 { throw ValidationError("--seeds must be at least 1") }
        if let few = pairs.first(where: { $0 < 4 }) { throw ValidationError("--pairs must be at least 4, not \(few)") }
    }

    func run() throws {
        let benchmark = try ChoiceBenchmark(archive: OpenWorkspace(workspace.value))
        for size in pairs.isEmpty ? [benchmark.mostPairs] : pairs {
            let row = try benchmark.row(pairs: size, seeds: seeds)
            if output.json { try Terminal.print(json: row) } else { try Terminal.print("\(row.text)") }
        }
    }
}
