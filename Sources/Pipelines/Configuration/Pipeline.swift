public import Documents
public import Reporting
import Storage
public import SystemPackage
import Yams

/// A run as data: the steps of a `pipelines/*.yaml`, in order.
public struct Pipeline: Equatable, Sendable {
    public enum Step: Equatable, Sendable {
        case crawl, parse, describe, encode, index
        /// `minutes`: when to stop for this run; `nil` when all is done.
        case recognise(minutes: Int?)
        case learn(LearnWhen)
        case match(from: Modality, top: Int)
        case report(ReportStep)

        /// Whether the step has nothing to do as long as there is no model.
        var needsModel: Bool {
            switch self {
            case .crawl, .parse, .recognise, .describe, .learn: false
            case .encode, .index, .match, .report: true
            }
        }
    }

    /// When a learn step trains.
    public enum LearnWhen: String, CaseIterable, Sendable {
        /// Only when the workspace has no model yet: nights stay comparable, codes stay valid.
        case missing
        /// Every time: all codes are made anew.
        case always
    }

    public struct ReportStep: Equatable, Sendable {
        public var format: MatchReport.Format
        public var profile: CSVWriter.Profile
        /// Relative to the workspace, or absolute.
        public var output: FilePath
    }

    public var name: String
    public var steps: [Step]

    public init(name: String, steps: [Step]) {
        self.name = name
        self.steps = steps
    }

    /// What `shogo ingest` does; pipelines/ingest.yaml says the same.
    public static let ingest = Pipeline(name: "ingest", steps: [.crawl, .parse, .describe, .learn(.missing), .encode, .index])

    /// Reads a pipeline file.
    public init(contentsOf path: FilePath) throws {
        let bytes = try NamedFile.read(path, as: "the pipeline", limit: 1 << 20)
        try self.init(yaml: String(decoding: bytes, as: UTF8.self), file: path.string)
    }

    public init(yaml: String, file: String) throws {
        var top = try CheckedMapping(yaml: yaml, file: file)
        name = try top.value("name", default: "run", expecting: "a text") { $0.string }
        guard let steps = top.node("steps") else { throw top.error("a pipeline needs 'steps'") }
        guard let sequence = steps.sequence else { throw top.error("'steps' must be a list", at: steps) }
        try top.finish()
        self.steps = try sequence.map { try Self.step($0, file: file) }
        try check(file: file)
    }

    private static let stepNames = ["crawl", "parse", "recognise", "describe", "learn", "encode", "index", "match", "report"]

    private static func step(_ node: Node, file: String) throws -> Step {
        let (name, options): (String, Node)
        let empty = Node([(Node, Node)]())
        if let text = node.string {
            (name, options) = (text, empty)
        } else if let mapping = node.mapping, mapping.count == 1, let (key, value) = mapping.first.map({ ($0.key, $0.value) }) {
            (name, options) = (key.string ?? "", value)
        } else {
            throw ShogoError(.usage, "\(file):\(node.mark?.line ?? 1): a step is a name, or one name with its options")
        }
        var checked = try CheckedMapping(options, file: file, name: name)
        let step: Step
        switch name {
        case "crawl": step = .crawl
        case "parse": step = .parse
        case "recognise":
            let minutes = try checked.integer("minutes", default: 0, in: 0...100_000)
            step = .recognise(minutes: minutes == 0 ? nil : minutes)
        case "describe": step = .describe
        case "encode": step = .encode
        case "index": step = .index
        case "learn": step = .learn(try checked.choice("when", default: .missing))
        case "match":
            let from = try checked.choice("from", default: ModalityName.images)
            let to = try checked.choice("to", default: from == .images ? ModalityName.sheets : .images)
            guard from != to else { throw checked.error("'match.from' and 'match.to' must differ") }
            step = .match(from: from.modality, top: try checked.integer("top", default: 5, in: 1...10_000))
        case "report":
            let format = try checked.choice("format", default: MatchReport.Format.csv)
            let profile = try checked.choice("profile", default: CSVWriter.Profile.machine)
            let output = try checked.value("output", default: "reports/matches.\(format.rawValue)", expecting: "a path") { $0.string }
            step = .report(ReportStep(format: format, profile: profile, output: FilePath(output)))
        default:
            throw ShogoError(
                .usage, "\(file):\(node.mark?.line ?? 1): unknown step '\(name)'; \(Suggestion.words(for: name, among: stepNames))")
        }
        try checked.finish()
        return step
    }

    private func check(file: String) throws {
        var matched = false
        for step in steps {
            if case .match = step { matched = true }
            if case .report = step, !matched {
                throw ShogoError(.usage, "\(file): a 'report' step needs a 'match' step before it")
            }
        }
    }
}

/// The modalities as users name them.
public enum ModalityName: String, CaseIterable, Sendable {
    case images, sheets

    public var modality: Modality { self == .images ? .image : .sheet }
}
