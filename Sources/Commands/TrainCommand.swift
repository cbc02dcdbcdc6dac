import ArgumentParser
import Pipelines
import SystemPackage

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a new model from the pairs known by now.",
        discussion: """
            Pairs come from the archive itself (figure references, same stem, same folder), from the files in shogo.yaml and from --pairs; \
            categories of sheets from the files in shogo.yaml and from --labels. Of files given here a copy is kept for later trainings. \
            The next run encodes and indexes everything anew with the model.

            With --incremental the model in use goes on learning from pairs that are new since, or from the first labels, and replays old \
            pairs; it is replaced only when the figures of old and new held-back pairs are better in the mean.
            """)

    @OptionGroup var workspace: WorkspaceOption

    @Option(name: .customLong("pairs"), help: ArgumentHelp("A CSV file of pairs: sheet,image[,page,weight,part]; give it again for more.", valueName: "file"))
    var pairs: [String] = []

    @Option(name: .customLong("labels"), help: ArgumentHelp("A CSV file of categories: sheet,category; give it again for more.", valueName: "file"))
    var labels: [String] = []

    @Flag(help: "Go on from the model in use instead of training anew.")
    var incremental = false

    @Flag(help: "Count the pairs, and train nothing.")
    var dryRun = false

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @OptionGroup var output: JSONFlag

    func run() throws {
        let files = Supervision.Files(pairs: pairs.map { FilePath($0) }, labels: labels.map { FilePath($0) })
        if dryRun {
            let found = try TrainingRun.dryRun(workspace.value, files: files)
            for remark in found.remarks { Terminal.say("\(remark)") }
            if output.json { return try Terminal.print(json: found) }
            return try Terminal.print("would train on \(found.pairs) pairs and \(found.labels) labelled sheets; \(found.heldOut) pairs are held out")
        }
        let report = try TrainingRun.run(workspace.value, files: files, incrementally: incremental, progress: Progress(quiet: quiet))
        if output.json { return try Terminal.print(json: report) }
        try Terminal.print("\(lines: report.summary)")
    }
}
