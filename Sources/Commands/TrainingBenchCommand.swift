import ArgumentParser
import Pipelines

struct TrainingBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training", abstract: "Measure how near training comes to this machine's matrix products, on one core.")

    @Option(help: "Rounds that count; one more goes before them.")
    var rounds = 9

    @OptionGroup var output: JSONFlag

    func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be at least 1") }
    }

    func run() throws {
        for row in TrainingBenchmark.rows(rounds: rounds) {
            if output.json { try Terminal.print(json: row) } else { try Terminal.print("\(row)") }
        }
    }
}
