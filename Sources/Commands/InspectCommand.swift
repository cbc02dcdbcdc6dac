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

    @Option(help: "The encoding of a text that does not say its own, as parse.encodings would name it.")
    var encoding: String?

    @Option(help: "Tesseract's language data for the texts on pages, joined by +; 'none' reads nothing.")
    var languages = Configuration.defaultLanguages.joined(separator: "+")

    @Option(help: ArgumentHelp("Draw the page with its regions (red) and lines of text (blue) to this PNG file.", valueName: "out"))
    var png: String?

    @Option(help: "The page to draw, from 1.")
    var page = 1

    @OptionGroup var output: JSONFlag

    func run() throws {
        let names = languages == "none" ? [] : languages.split(separator: "+").map(String.init)
        let inspection = try Inspection(Workspace.absolute(FilePath(file)), encoding: encoding, languages: names)
        if let png { try inspection.draw(page: page, to: Workspace.absolute(FilePath(png))) }
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
                "page \(page.number)    \(page.width) x \(page.height), orientation \(page.orientation), \(page.encoding)\(page.dotsPerInch.map { ", \($0) dpi" } ?? ""), \(page.regions.count) regions")
            if let warning = page.warning { try Terminal.print("warning   \(warning.code.rawValue): \(warning.message)") }
            for line in page.text?.lines ?? [] {
                try Terminal.print("  \(line.confidence.map { "\(Int($0 * 100)) % " } ?? "")\(line.text)")
            }
        }
        if let remark = inspection.remark { Terminal.say("\(remark)") }
        if let companion = inspection.companion { return try show(companion) }
        guard let sheet = inspection.sheet else { return }
        try Terminal.print("sheet     \(sheet.format.rawValue), \(sheet.encoding)\(Self.confidence(sheet.encodingConfidence))\(sheet.language.map { ", \($0)" } ?? "")\ntitle     \(sheet.title)")
        if !sheet.identifiers.isEmpty { try Terminal.print("numbers   \(sheet.identifiers.joined(separator: ", "))") }
        for figure in sheet.figures { try Terminal.print("figure    \(figure.target)  at \(figure.place.display)") }
        for part in sheet.parts {
            try Terminal.print("warning   the text of \(part.target) belongs at \(part.place.display); it is not opened, and read by itself where the archive has it")
        }
        for fragment in sheet.fragments {
            // Indented, so that no line of theirs looks like one of ours.
            try Terminal.print("\(fragment.kind.rawValue)  \(fragment.place.display)\n  \(lines: fragment.text.replacing("\n", with: "\n  "))")
            for text in fragment.borrowed { try Terminal.print("  borrows \(text.target)") }
        }
    }

    private static func confidence(_ value: Double) -> String { value < 1 ? " (\(Int(value * 100)) % sure)" : "" }

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
