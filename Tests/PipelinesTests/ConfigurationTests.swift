import CorrelationLearning
import Crawling
import Documents
@testable import Pipelines
import SystemPackage
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    private func read(_ yaml: String) throws -> Configuration {
        try Configuration(yaml: yaml, file: "shogo.yaml", relativeTo: FilePath("/home/w"))
    }

    @Test("The template reads back with the given roots and every default")
    func template() throws {
        let roots = [FilePath("/srv/図面"), FilePath("/srv/a \"b\" \\ c"), FilePath("/srv/x: #y")]
        let configuration = try read(Configuration.template(roots: roots))
        #expect(configuration.roots == roots)
        #expect(configuration.ignore == Configuration.defaultIgnore)
        #expect(configuration.maxDelete == 0.1)
        #expect(configuration.pairFiles.isEmpty && configuration.labelFiles.isEmpty && configuration.folderLabels == 0)
        #expect(configuration.learning.balance == .adaptive)
    }

    @Test(
        "What is deleted and former states of a folder are passed over by default, at any depth",
        arguments: [
            "$RECYCLE.BIN", "$Recycle.Bin", "RECYCLER", "System Volume Information", "@Recycle", "@Recently-Snapshot", "#snapshot", "~snapshot", "lost+found",
            "Network Trash Folder", "#recycle", "@eaDir", ".snapshot", ".Trash-1000",
        ])
    func recycleBins(name: String) throws {
        let rules = IgnoreRules(patterns: try read("roots: [a]\n").ignore)
        #expect(rules.match(RawPath(name), isDirectory: true) != nil)
        #expect(rules.match(RawPath("share/a/" + name), isDirectory: true) != nil)
        #expect(rules.match(RawPath("share/about " + name), isDirectory: true) == nil)
        if !name.hasPrefix(".") { #expect(rules.match(RawPath(name), isDirectory: false) == nil, "a file of that name is somebody's") }
    }

    @Test("The balance is adaptive or a number", arguments: [("adaptive", Balance.adaptive), ("0", .fixed(0)), ("0.25", .fixed(0.25)), ("1", .fixed(1))])
    func balance(text: String, balance: Balance) throws {
        #expect(try read("roots: [a]\nlearn: {balance: \(text)}\n").learning.balance == balance)
    }

    @Test("Relative paths are seen from the workspace")
    func relative() throws {
        let configuration = try read("roots: [../archive]\npairs: [pairs.csv]\nlabels: [/srv/labels.tsv]\n")
        #expect(configuration.labelFiles == ["/srv/labels.tsv"])
        #expect(configuration.roots == ["/home/archive"])
        #expect(configuration.pairFiles == ["/home/w/pairs.csv"])
    }

    @Test(
        "A mistake is refused with its line and what was meant",
        arguments: [
            ("root: [a]\n", "shogo.yaml:1: unknown key 'root'; did you mean 'roots'?", "roots"),
            ("roots: [a]\nparse:\n  maxPixel: 5\n", "shogo.yaml:3: unknown key 'maxPixel' in 'parse'; did you mean 'maxPixels'?", ""),
            ("roots: [a]\ncrawl: {maxDelete: 2}\n", "'crawl.maxDelete' must be a number from 0.0 to 1.0", ""),
            ("roots: [a]\nroots: [b]\n", "roots", ""), ("roots: []\n", "'roots' must name at least one directory", ""),
            ("roots: [/srv, /srv/a]\n", "the root /srv/a lies in the root /srv", ""), ("roots: [/srv, /srv/]\n", "lies in the root", ""),
            ("roots: [a\n", "not valid YAML", ""), ("- a\n", "must be a mapping", ""), ("version: 2\nroots: [a]\n", "version", ""),
            ("roots: [a]\nlearn: {balance: 2}\n", "'learn.balance' must be adaptive or a number from 0 to 1", ""),
            ("roots: [a]\nlearn: {balance: much}\n", "shogo.yaml:2", ""), ("roots: [a]\nlearn: {folderLabels: 1.5}\n", "'learn.folderLabels'", ""),
            ("roots: [a]\nlearn: {seed: x}\n", "'learn.seed' must be a whole number", ""),
        ])
    func mistakes(yaml: String, words: String, other: String) {
        let error = #expect(throws: ShogoError.self) { try read(yaml) }
        #expect(error?.status == .usage)
        let text = error?.description ?? ""
        #expect(text.contains(words) || !other.isEmpty && text.contains(other), "\(text)")
    }

    @Test("A root is added and everything else of the text stays")
    func addRoot() throws {
        let yaml = Configuration.template(roots: ["/a"])
        let changed = try Configuration.adding(root: "/srv/b c", to: yaml, file: "shogo.yaml", relativeTo: "/home/w")
        #expect(try read(changed).roots == ["/a", "/srv/b c"])
        #expect(changed.replacing("  - \"/srv/b c\"\n", with: "") == yaml)
        #expect(throws: ShogoError.self) { try Configuration.adding(root: "/b", to: "roots: [/a]\n", file: "f", relativeTo: "/") }
    }

    @Test("A pipeline is a list of known steps with known options")
    func pipelines() throws {
        let pipeline = try Pipeline(yaml: "steps: [crawl, {match: {from: sheets, top: 7}}, {report: {format: jsonl}}]", file: "p.yaml")
        #expect(pipeline.steps[1] == .match(from: .sheet, top: 7))
        for (yaml, words) in [
            ("steps: [crwl]", "did you mean 'crawl'?"), ("steps: [{match: {form: images}}]", "did you mean 'from'?"), ("steps: [report]", "needs a 'match' step"),
            ("steps: [{match: {from: images, to: images}}]", "must differ"), ("step: [crawl]", "steps"), ("steps: [{learn: {when: never}}]", "'missing', 'always'"),
        ] {
            let error = #expect(throws: ShogoError.self) { try Pipeline(yaml: yaml, file: "p.yaml") }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }
}
