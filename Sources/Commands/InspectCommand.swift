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
        if let companion = inspection.companion { return try show(companion) }
        guard let sheet = inspection.sheet else { return }
        try Terminal.print("sheet     \(sheet.format.rawValue), \(sheet.encoding)\(sheet.language.map { ", \($0)" } ?? "")\ntitle     \(sheet.title)")
        if !sheet.identifiers.isEmpty { try Terminal.print("numbers   \(sheet.identifiers.joined(separator: ", "))") }
        for figure in sheet.figures { try Terminal.print("figure    \(figure.target)  at \(figure.place.display)") }
        for fragment in sheet.fragments { try Terminal.print("\(fragment.kind.rawValue)  \(fragment.place.display)\n  \(fragment.text)") }
    }

    private func show(_ companion: Companion) throws {
        try Terminal.print("companion \(companion.kind.rawValue), \(companion.encoding)")
        if let title = companion.title { try Terminal.print("title     \(title)") }
        for page in companion.pages {
            try Terminal.print("text of   \(page.image ?? "an image that it does not name"), page \(page.page), \(page.text.lines.count) lines")
            for line in page.text.lines { try Terminal.print("  \(line.text)") }
        }
        for file in companion.files { try Terminal.print("file      \(file.target)\(file.page.map { "  on page \($0)" } ?? "")") }
        for key in companion.keys { try Terminal.print("key       \(key.name)  \(key.target ?? "")\(key.text.map { "  \"\($0)\"" } ?? "")") }
    }
}
