import ArgumentParser
import Evaluating
import Foundation
import Pipelines
import SystemPackage

struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Measure how often the right counterpart is found, on pairs that were not trained on.",
        discussion: "Uses the rows of the file marked 'heldout' in the column 'part', or all rows; pairs the model was trained on never count.")

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: ArgumentHelp("A CSV file of true pairs: sheet,image[,page,part].", valueName: "file"))
    var pairs: String

    @OptionGroup var output: JSONFlag

    func run() throws {
        let evaluation = try Evaluation(archive: OpenWorkspace(workspace.value), pairFile: FilePath(pairs))
        if output.json { return try Terminal.print(json: evaluation) }
        try Terminal.print(
            "pairs measured: \(evaluation.all.pairs) (left out, because training saw them: \(evaluation.trainedPairsLeftOut); not to be measured: \(evaluation.unmeasured.count))")
        try show(evaluation.all, "")
        if let seen = evaluation.partlySeen, let unseen = evaluation.unseen {
            try Terminal.print("of \(unseen.pairs) pairs training saw neither file:")
            try show(unseen, "  ")
            try Terminal.print("of \(seen.pairs) pairs it saw one, with another partner:")
            try show(seen, "  ")
        }
        for (why, pairs) in Dictionary(grouping: evaluation.unmeasured, by: \.why).sorted(by: { $0.key < $1.key }) {
            try Terminal.print("not measured, \(pairs.count): \(why)")
            for pair in pairs.prefix(Self.mostExamples) { try Terminal.print("  \(pair.sheet)  \(pair.image)\(pair.page.map { " page \($0)" } ?? "")") }
            if pairs.count > Self.mostExamples { try Terminal.print("  and \(pairs.count - Self.mostExamples) more; --json lists them") }
        }
    }

    private static let mostExamples = 5

    private func show(_ figures: Evaluation.Figures, _ indent: String) throws {
        try Terminal.print("\(indent)\(Self.line("images -> sheets", figures.imagesToSheets))")
        try Terminal.print("\(indent)\(Self.line("sheets -> images", figures.sheetsToImages))")
    }

    private static func line(_ name: String, _ figures: RetrievalFigures) -> String {
        """
        \(name): right one first \(percent(figures.recallAt1)), among the first 5 \(percent(figures.recallAt5)) \
        (chance \(percent(figures.chanceAt5))), median rank \(figures.medianRank) of \(figures.candidates), \(figures.queries) queries
        """
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
