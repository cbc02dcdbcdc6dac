public import CorrelationLearning
import Documents
import Foundation
public import Parsing
import Queueing
import Storage
public import SystemPackage
import Yams

/// What `shogo.yaml` says. Every key has a default but `roots`; an unknown key is an error.
public struct Configuration: Sendable {
    /// The archive's directory trees, absolute.
    public var roots: [FilePath]
    /// Names the crawl passes over; see `IgnoreRules`.
    public var ignore: [String]
    /// The share of known files that one crawl may find gone, 0 to 1.
    public var maxDelete: Double
    /// Days that what was made of a content stays after its last file went.
    public var keepGone: Int
    public var parsing: ParsingLimits
    public var encodings: FolderEncodings
    /// Tesseract's language data for the texts of page images, the most frequent language first; empty: nothing is recognised.
    public var languages: [String]
    /// Files of known pairs, absolute; see docs/formats/pairs.md.
    public var pairFiles: [FilePath]
    /// Files of categories of sheets, absolute; see docs/formats/labels.md.
    public var labelFiles: [FilePath]
    /// Whether training learns regions and fragments beside wholes.
    public var grain: Grain
    /// How many folders below its root name the category of a sheet that no file labels; 0: none.
    public var folderLabels: Int
    public var learning: TrainingSettings

    public enum Grain: String, CaseIterable, Sendable {
        case coarse, fine
    }

    static let defaultIgnore = [
        ".*", "~$*", "Thumbs.db", "desktop.ini", "*.tmp", "*.part", "*.crdownload",
        // What is deleted, and former states: on Synology, QNAP and NetApp storage, Windows shares, ext file systems, Macs.
        "@eaDir/", "#recycle/", "#snapshot/", "@Recycle/", "@Recently-Snapshot/", "~snapshot/", "$[Rr][Ee][Cc][Yy][Cc][Ll][Ee].[Bb][Ii][Nn]/",
        "RECYCLER/", "Recycled/", "System Volume Information/", "lost+found/", "Network Trash Folder/", "Temporary Items/",
    ]

    public static let defaultLanguages = ["jpn", "eng"]

    /// Reads and checks the workspace's configuration.
    public init(_ workspace: Workspace) throws {
        let path = workspace.configurationFile
        guard FileManager.default.fileExists(atPath: path.string) else { throw workspace.missing }
        let bytes = try NamedFile.read(path, as: "the configuration", limit: 1 << 20)
        guard let yaml = String(validating: bytes, as: UTF8.self) else {
            throw ShogoError(.usage, "\(path) is not UTF-8; save it as UTF-8")
        }
        try self.init(yaml: yaml, file: path.string, relativeTo: workspace.path)
    }

    init(yaml: String, file: String, relativeTo folder: FilePath) throws {
        var top = try CheckedMapping(yaml: yaml, file: file)
        guard try top.integer("version", default: 1, in: 1...1) == 1 else { throw top.error("version must be 1") }
        roots = try top.strings("roots", default: []).map { folder.pushing(FilePath($0)).lexicallyNormalized() }
        guard !roots.isEmpty else { throw top.error("'roots' must name at least one directory") }
        for (place, root) in roots.enumerated() {
            if let other = roots.enumerated().first(where: { $0.offset != place && root.starts(with: $0.element) })?.element {
                throw top.error("the root \(root) lies in the root \(other); name only one of them, or files would count twice")
            }
        }
        pairFiles = try top.strings("pairs", default: []).map { folder.pushing(FilePath($0)).lexicallyNormalized() }
        labelFiles = try top.strings("labels", default: []).map { folder.pushing(FilePath($0)).lexicallyNormalized() }

        var crawl = try top.mapping("crawl")
        ignore = try crawl.strings("ignore", default: Self.defaultIgnore)
        maxDelete = try crawl.number("maxDelete", default: 0.1, in: 0...1)
        keepGone = try crawl.integer("keepGone", default: 30, in: 0...36_500)
        try crawl.finish()

        var parse = try top.mapping("parse")
        var limits = ParsingLimits()
        limits.maxPixels = try parse.integer("maxPixels", default: limits.maxPixels, in: 1...1 << 40)
        limits.maxPages = try parse.integer("maxPages", default: limits.maxPages, in: 1...1_000_000)
        limits.maxTextBytes = try parse.integer("maxTextBytes", default: limits.maxTextBytes, in: 1...1 << 32)
        limits.maxDepth = try parse.integer("maxDepth", default: limits.maxDepth, in: 8...1_000)
        var folders = try parse.mapping("encodings")
        encodings = try FolderEncodings(&folders)
        try parse.finish()
        parsing = limits

        var recognise = try top.mapping("recognise")
        languages = try recognise.strings("languages", default: Self.defaultLanguages)
        try recognise.finish()

        var learn = try top.mapping("learn")
        var settings = TrainingSettings()
        settings.seed = UInt64(try learn.integer("seed", default: Int(settings.seed), in: 0...Int.max))
        settings.codeDimension = try learn.integer("codeDimension", default: settings.codeDimension, in: 2...1_024)
        settings.validationShare = try learn.number("validationShare", default: settings.validationShare, in: 0...0.5)
        settings.balance = try learn.value("balance", default: settings.balance, expecting: "adaptive or a number from 0 to 1") { node in
            if node.string == "adaptive" { return .adaptive }
            return (node.float ?? node.int.map(Double.init)).flatMap { (0...1).contains($0) ? .fixed(Float($0)) : nil }
        }
        grain = try learn.choice("grain", default: .coarse)
        folderLabels = try learn.integer("folderLabels", default: 0, in: 0...16)
        try learn.finish()
        learning = settings
        try top.finish()
    }

    /// Every setting in force, by its dotted name.
    public var settings: [String: String] {
        [
            "roots": roots.map(\.raw.display).joined(separator: ", "), "pairs": pairFiles.map(\.raw.display).joined(separator: ", "),
            "labels": labelFiles.map(\.raw.display).joined(separator: ", "),
            "crawl.ignore": ignore.joined(separator: ", "), "crawl.maxDelete": "\(maxDelete)", "crawl.keepGone": "\(keepGone)",
            "parse.maxPixels": "\(parsing.maxPixels)", "parse.maxPages": "\(parsing.maxPages)",
            "parse.maxTextBytes": "\(parsing.maxTextBytes)", "parse.maxDepth": "\(parsing.maxDepth)",
            "parse.encodings": encodings.text, "recognise.languages": languages.joined(separator: ", "),
            "learn.seed": "\(learning.seed)", "learn.codeDimension": "\(learning.codeDimension)",
            "learn.validationShare": "\(learning.validationShare)", "learn.balance": learning.balance.label,
            "learn.grain": grain.rawValue, "learn.folderLabels": "\(folderLabels)",
        ]
    }

    /// What parse results depend on beside the bytes.
    var parsingVersion: ParsingVersion {
        ParsingVersion(
            marks: ContentReader.marks,
            limits: "\(parsing.maxPixels),\(parsing.maxPages),\(parsing.maxTextBytes),\(parsing.maxDepth)")
    }

    /// The text of a new `shogo.yaml`; every setting is shown with its default.
    static func template(roots: [FilePath]) -> String {
        """
        # Configuration of a Shogo workspace; `shogo config check` checks it, docs/configuration.md explains every key.
        version: 1

        # The directory trees to index. Shogo never writes into them.
        roots:
        \(roots.map { "  - \(quoted($0.string))" }.joined(separator: "\n"))

        # CSV files of known pairs (docs/formats/pairs.md); pairs found in the archive are used without them.
        pairs: []

        # CSV files of categories of sheets, such as "pump" or "boiler" (docs/formats/labels.md); none is needed.
        labels: []

        crawl:
          # Names to pass over, as in .gitignore; a trailing / matches directories.
          ignore: [\(defaultIgnore.map(quoted).joined(separator: ", "))]
          # A crawl that finds more than this share of the known files gone refuses to go on.
          maxDelete: 0.1
          # Days that titles, texts and numbers of a content stay after its last file went, so that one that comes back is not read again.
          keepGone: 30

        parse:
          maxPixels: \(ParsingLimits().maxPixels)
          maxPages: \(ParsingLimits().maxPages)
          maxTextBytes: \(ParsingLimits().maxTextBytes)
          maxDepth: \(ParsingLimits().maxDepth)
          # Encodings of folders whose texts do not say theirs, such as "old/1998": EUC-JP; without it they are told from the bytes.
          encodings: {}

        recognise:
          # Tesseract's language data for scans whose text is not known otherwise, the most frequent language first; [] for none.
          languages: [\(defaultLanguages.joined(separator: ", "))]

        learn:
          seed: \(TrainingSettings().seed)
          codeDimension: \(TrainingSettings().codeDimension)
          validationShare: \(TrainingSettings().validationShare)
          # What codes are for, where sheets have categories: from 0, find the pair, to 1, find the category; adaptive: both.
          balance: adaptive
          # coarse: whole pages and sheets; fine: their regions and fragments too, which takes some times as long and 0.1 MB a paired page.
          grain: coarse
          # How many folders below the root name the category of a sheet that no file labels; 0 for none.
          folderLabels: 0

        """
    }

    /// Adds a root to the text of a `shogo.yaml`, keeping everything else, comments too, as it is.
    static func adding(root: FilePath, to yaml: String, file: String, relativeTo folder: FilePath) throws -> String {
        var lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let place = lines.firstIndex(where: { $0.hasPrefix("roots:") && $0.dropFirst(6).allSatisfy { $0 == " " } }) else {
            throw ShogoError(.usage, "\(file) has no line 'roots:' with a list below it; add \(root) to its roots yourself")
        }
        var end = place + 1
        while end < lines.count, lines[end].hasPrefix(" ") || lines[end].hasPrefix("-") { end += 1 }
        let indent = lines[place + 1..<end].first { $0.contains("-") }?.prefix { $0 == " " } ?? "  "
        lines.insert("\(indent)- \(quoted(root.string))", at: end)
        let changed = lines.joined(separator: "\n")
        guard try Configuration(yaml: changed, file: file, relativeTo: folder).roots.contains(root) else {
            throw ShogoError(.usage, "cannot add a root to \(file); add \(root) to its roots yourself")
        }
        return changed
    }

    /// A YAML double-quoted text.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
