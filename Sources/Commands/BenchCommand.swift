import ArgumentParser
import Pipelines
import SystemPackage

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure on this machine.",
        subcommands: [ParseBenchCommand.self, CrossModalBenchCommand.self, TrainingBenchCommand.self, RetrievalBenchCommand.self, ChoiceBenchCommand.self])
}

struct ParseBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: "Measure how fast files are read, on one core.",
        discussion: "Prints the median of the rounds, the reading from disk included. docs/benchmarks.md has figures beside other programs.")

    @Argument(help: "Files of any kind.")
    var files: [String]

    @Option(help: "Rounds that count; one more goes before them.")
    var rounds = 7

    @Option(help: ArgumentHelp("Decode the first page of images to this longer side, as describing does, instead of parsing.", valueName: "pixels"))
    var side: Int?

    @Flag(help: "One figure for all files together.")
    var together = false

    @OptionGroup var output: JSONFlag

    func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be at least 1") }
        if let side, side < 1 { throw ValidationError("--side must be at least 1") }
    }

    func run() throws {
        let benchmark = ParseBenchmark(rounds: rounds, longestSide: side)
        for row in try benchmark.rows(files.map { Workspace.absolute(FilePath($0)) }, together: together) {
            if output.json {
                try Terminal.print(json: row)
            } else {
                let milliseconds = (row.medianSeconds * 10_000).rounded() / 10
                let speed = "\((row.megabytesPerSecond * 10).rounded() / 10) MB/s, \(Int(row.filesPerSecond)) files/s"
                try Terminal.print("\(row.file)  \(row.outcome)  \(milliseconds) ms  \(speed)")
            }
        }
    }
}
