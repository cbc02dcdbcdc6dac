import ArgumentParser
import Foundation
import Pipelines
import SystemPackage

struct RetrievalBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrieval", abstract: "Measure how well captions find their photographs, from pixels and words to ranks.",
        discussion: """
            Describes the photographs, learns from those of --train (choosing on a slice of them), and lets each caption of --test rank the \
            photographs of --test, and each photograph the captions. docs/benchmarks.md has figures.
            """)

    @Option(help: ArgumentHelp("The folder of the photographs.", valueName: "dir"))
    var images: String

    @Option(help: ArgumentHelp("Lines of 'name#number', a tab and a caption.", valueName: "tsv"))
    var captions: String

    @Option(help: ArgumentHelp("Names of photographs that teach, one in a line.", valueName: "list"))
    var train: String

    @Option(help: ArgumentHelp("Names of photographs that test.", valueName: "list"))
    var test: String

    @Option(help: ArgumentHelp("Learn from only so many, the first of the list.", valueName: "n"))
    var pairs: Int?

    @Option(help: "Seed of all chance in training.")
    var seed: UInt64 = 1

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @OptionGroup var output: JSONFlag

    func validate() throws {
        if let pairs, pairs < 4 { throw ValidationError("--pairs must be at least 4") }
    }

    func run() throws {
        let files = RetrievalBenchmark.Files(
            images: FilePath(images), captions: FilePath(captions), train: FilePath(train), test: FilePath(test))
        let report = try RetrievalBenchmark(files, most: pairs).run(seed: seed, progress: Progress(quiet: quiet))
        if output.json { return try Terminal.print(json: report) }
        try Terminal.print("\(lines: report.text)")
    }
}
