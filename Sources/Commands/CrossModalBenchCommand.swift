public import ArgumentParser
public import Evaluating
import Foundation
import Pipelines
import SystemPackage

struct CrossModalBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crossmodal", abstract: "Compare Shogo's method with its rivals on your own features.",
        discussion: """
            Reads NumPy arrays (numpy.save), row i of each the same pair. The first --train-rows rows teach, the others test. With --workspace: the pairs of an archive. 'shogo' is \
            the product's default; docs/method.md explains it, docs/benchmarks.md has figures.
            """)

    @Option(help: ArgumentHelp("Image features, a row per image.", valueName: "file.npy"))
    var images: String?

    @Option(help: ArgumentHelp("Text features, a row per text.", valueName: "file.npy"))
    var texts: String?

    @Option(help: ArgumentHelp("Class numbers, one per pair. Without: pairs only, by methods that need no labels.", valueName: "file.npy"))
    var labels: String?

    @Option(help: "Rows that teach; the others test.")
    var trainRows: Int?

    @Option(help: ArgumentHelp("Instead of arrays, the descriptors and known pairs of a workspace, without labels.", valueName: "dir"))
    var workspace: String?

    @Option(help: "Pairs of the workspace that teach; a thousand of the others test.")
    var trainPairs: Int?

    @Flag(help: "Leave --labels aside: the own partner is the only truth.")
    var withoutLabels = false

    @Option(help: "Runs of every method that draws random numbers.")
    var seeds = 5

    @Option(help: "So many random splits beside the given one: every method is chosen and learned anew on each.")
    var resplits = 0

    @Option(help: ArgumentHelp("Only these methods, separated by commas; an unknown name shows all of them.", valueName: "a,b"))
    var methods: String?

    @Option(help: ArgumentHelp("Features of the regions of all images, one image after another, as wide as --images.", valueName: "file.npy"))
    var imageParts: String?

    @Option(help: ArgumentHelp("How many of these regions each image has.", valueName: "file.npy"))
    var imagePartCounts: String?

    @Option(help: ArgumentHelp("Features of the fragments of all texts, as wide as --texts.", valueName: "file.npy"))
    var textParts: String?

    @Option(help: ArgumentHelp("How many of these fragments each text has.", valueName: "file.npy"))
    var textPartCounts: String?

    @Option(help: "Exchange the texts of this share of the training rows among them, 0 to 1: how much do wrong pairs cost?")
    var wrongPairs = 0.0

    @Flag(help: "Compare variants of CCL and of 'shogo' instead: what each part, the balance and the number of labels are worth.")
    var study = false

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Add 'shogo' with these balances, from 0 (find the pair) to 1 (find the category), or 'adaptive', as it is in archives; needs --labels.", valueName: "balance"))
    var balance: [String] = []

    @Option(help: "The schedule of CCL: 'fast', or 'paper', as its authors released it: hours for each seed.")
    var profile = FaithfulCorrelationLearning.Profile.fast

    @Option(help: ArgumentHelp("Where 'paper' keeps what it has learned; a run that was killed goes on from there.", valueName: "dir"))
    var checkpoint: String?

    @OptionGroup var output: JSONFlag

    func validate() throws {
        let arrays = [images != nil, texts != nil, trainRows != nil], archive = [workspace != nil, trainPairs != nil]
        if archive.contains(true) {
            if archive.contains(false) { throw ValidationError("--workspace and --train-pairs go together") }
            if arrays.contains(true) || labels != nil || imageParts != nil || textParts != nil {
                throw ValidationError("--workspace takes the place of arrays; leave --images, --texts, --labels, --train-rows and parts out")
            }
            if resplits > 0 { throw ValidationError("--resplits draws rows of arrays, and the components of a workspace are learned from one split; leave it out") }
        } else if arrays.contains(false) {
            throw ValidationError("give --images, --texts and --train-rows, or --workspace and --train-pairs")
        }
        if seeds < 1 { throw ValidationError("--seeds must be at least 1") }
        if profile == .paper, study || resplits > 0 { throw ValidationError("--profile paper takes hours and has one split and fixed settings; leave --study and --resplits out") }
        if checkpoint != nil, profile != .paper { throw ValidationError("--checkpoint is for --profile paper; the other methods are done in seconds") }
        if !balance.isEmpty, labels == nil || withoutLabels || study { throw ValidationError("--balance weighs categories: it needs --labels, and --study has balances of its own") }
        if resplits < 0 { throw ValidationError("--resplits must be at least 0") }
        if study, resplits > 0 { throw ValidationError("--study has fixed settings and one split; leave --resplits out") }
        if !(0...1).contains(wrongPairs) { throw ValidationError("--wrong-pairs must be from 0 to 1") }
        if (imageParts == nil) != (imagePartCounts == nil) { throw ValidationError("--image-parts and --image-part-counts go together") }
        if (textParts == nil) != (textPartCounts == nil) { throw ValidationError("--text-parts and --text-part-counts go together") }
    }

    private func benchmark() throws -> CrossModalBenchmark {
        func path(_ text: String) -> FilePath { Workspace.absolute(FilePath(text)) }
        func parts(_ values: String?, _ counts: String?) -> (values: FilePath, counts: FilePath)? {
            guard let values, let counts else { return nil }
            return (path(values), path(counts))
        }
        let names = methods?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        if let workspace, let trainPairs {
            return try CrossModalBenchmark(
                archive: OpenWorkspace(Workspace(path: FilePath(workspace))), trainPairs: trainPairs, seeds: seeds, methods: names, shuffledShare: wrongPairs)
        }
        guard let images, let texts, let trainRows else { preconditionFailure("validated") }
        let files = CrossModalBenchmark.Files(
            images: path(images), texts: path(texts), labels: withoutLabels ? nil : labels.map(path), imageParts: parts(imageParts, imagePartCounts),
            textParts: parts(textParts, textPartCounts))
        return try CrossModalBenchmark(files, trainRows: trainRows, seeds: seeds, resplits: resplits, methods: names, shuffledShare: wrongPairs)
    }

    func run() throws {
        var benchmark = try benchmark()
        try benchmark.add(balances: balance)
        if profile == .paper {
            try benchmark.publish(checkpoint: checkpoint.map { Workspace.absolute(FilePath($0)) }) { Terminal.say("\($0)") }
        }
        if output.json {
            // Each line as soon as it is known: a long comparison that is stopped keeps what it has.
            var failure: (any Error)?
            for line in benchmark.protocolLines { Terminal.say("\(line)") }
            func say(_ line: some Encodable) {
                do { try Terminal.print(json: line) } catch { failure = failure ?? error }
            }
            _ = rows(benchmark) { say(CrossModalLine($0)) }
            let splits = benchmark.resplitRows { say(ResplitLine($0)) }
            if let gain = benchmark.resplitGain(splits) { say(ResplitGainLine(gain)) }
            if let failure { throw failure }
            return
        }
        for line in benchmark.protocolLines { try Terminal.print("\(line)") }
        try Terminal.print("")
        let rows = rows(benchmark) { row in Terminal.say("\(row.name) \(row.error ?? "done in \(CrossModalTable.seconds(row)) s")") }
        for line in CrossModalTable.lines(rows) { try Terminal.print("\(line)") }
        guard benchmark.resplits != nil else { return }
        let splits = benchmark.resplitRows { row in Terminal.say("\(row.name), re-splits: \(row.error ?? "done")") }
        try Terminal.print("")
        for line in ResplitTable.lines(splits, gain: benchmark.resplitGain(splits)) { try Terminal.print("\(line)") }
    }

    private func rows(_ benchmark: CrossModalBenchmark, report: (ComparisonRow) -> Void) -> [ComparisonRow] {
        (study ? benchmark.studyRows(report: report) : benchmark.rows(report: report)) + benchmark.balanceRows(report: report)
    }
}

extension FaithfulCorrelationLearning.Profile: ExpressibleByArgument {}
