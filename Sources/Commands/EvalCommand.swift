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
        try Terminal.print("pairs measured: \(evaluation.pairs) (left out, because training saw them: \(evaluation.trainedPairsLeftOut))")
        try Terminal.print("\(Self.line("images -> sheets", evaluation.imagesToSheets))")
        try Terminal.print("\(Self.line("sheets -> images", evaluation.sheetsToImages))")
    }

    private static func line(_ name: String, _ figures: RetrievalFigures) -> String {
        """
        \(name): right one first \(percent(figures.recallAt1)), among the first 5 \(percent(figures.recallAt5)) \
        (chance \(percent(figures.chanceAt5))), median rank \(figures.medianRank) of \(figures.candidates), \(figures.queries) queries
        """
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
