import ArgumentParser
import Documents
import Pipelines
import SystemPackage

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show what Shogo makes of one file.",
        discussion: "Needs no workspace. Exit code 1 when the file cannot be read as a sheet or an image; the reason is shown.")

    @Argument(help: "An image or a sheet.")
    var file: String

    @OptionGroup var output: JSONFlag

    func run() throws {
        let inspection = try Inspection(Workspace.absolute(FilePath(file)))
        if output.json {
            try Terminal.print(json: inspection)
        } else {
            try show(inspection)
        }
        if inspection.failure != nil { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func show(_ inspection: Inspection) throws {
        try Terminal.print("file      \(inspection.file)\nsize      \(inspection.bytes) bytes\ncontent   \(inspection.digest)")
        if let failure = inspection.failure {
            let page = failure.page.map { " (page \($0))" } ?? ""
            try Terminal.print("reason    \(failure.reason.rawValue)\(page): \(failure.message)\nadvice    \(failure.advice)")
        }
        for page in inspection.pages ?? [] {
            try Terminal.print(
                "page \(page.number)    \(page.width) x \(page.height), orientation \(page.orientation), \(page.encoding), \(page.regions.count) regions")
        }
        guard let sheet = inspection.sheet else { return }
        try Terminal.print("sheet     \(sheet.format.rawValue), \(sheet.encoding)\(sheet.language.map { ", \($0)" } ?? "")\ntitle     \(sheet.title)")
        if !sheet.identifiers.isEmpty { try Terminal.print("numbers   \(sheet.identifiers.joined(separator: ", "))") }
        for figure in sheet.figures { try Terminal.print("figure    \(figure.target)  at \(figure.place.display)") }
        for fragment in sheet.fragments { try Terminal.print("\(fragment.kind.rawValue)  \(fragment.place.display)\n  \(fragment.text)") }
    }
}
