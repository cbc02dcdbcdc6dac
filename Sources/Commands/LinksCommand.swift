public import ArgumentParser
public import Pipelines

struct LinksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links", abstract: "List what the files of the archive say about each other, and what leads nowhere.",
        discussion: """
            Kinds: figure (a sheet shows a picture), text (a sheet takes words from another one), page (a transcript is of a page image), \
            file (a METS file lists a file), part (the text of a file belongs into a sheet, which was read without it). A link that leads to no file of the archive is dangling.
            """)

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: JSONFlag

    @Option(help: "Only links of this kind; may be given several times.")
    var kind: [LinkKind] = []

    @Flag(help: "Only links that lead nowhere.")
    var dangling = false

    func run() throws {
        let links = Links(archive: try OpenWorkspace(workspace.value))
        let all = try links.entries(kinds: kind.isEmpty ? LinkKind.allCases : kind)
        let entries = dangling ? all.filter { $0.state == .dangling } : all
        if output.json { return try entries.forEach { try Terminal.print(json: $0) } }
        for entry in entries {
            let end = entry.state == .external ? "outside" : entry.state == .dangling ? "DANGLING" : [entry.targetPath, entry.outcome.map { "(\($0))" }].compactMap { $0 }.joined(separator: " ")
            try Terminal.print("\(entry.kind.rawValue)  \(entry.path)  \(entry.place)\n  \(entry.target)  ->  \(end.isEmpty ? "words of a map" : end)")
        }
        for kind in LinkKind.allCases {
            let own = all.filter { $0.kind == kind }
            guard !own.isEmpty else { continue }
            func count(_ state: Links.State) -> Int { own.count { $0.state == state } }
            let outside = count(.external)
            try Terminal.print("\(kind.rawValue): \(count(.resolved)) resolved, \(count(.dangling)) dangling\(outside > 0 ? ", \(outside) outside the archive" : "")")
        }
    }
}

extension LinkKind: ExpressibleByArgument {}
