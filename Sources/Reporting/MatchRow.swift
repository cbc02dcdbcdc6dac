/// One line of a cross-match report. The column names and their order are an interface (docs/formats/match-report.md).
public struct MatchRow: Equatable, Sendable {
    public var queryRoot: String, queryPath: String
    /// From 1.
    public var queryPage: Int
    public var queryKind: String, queryDigest: String
    /// How many files have this content; `queryPath` is the first of them.
    public var queryCopies: Int
    public var queryTitle: String
    public var rank: Int
    /// Cosine, -1 to 1.
    public var score: Float
    public var candidateRoot: String, candidatePath: String
    public var candidatePage: Int
    public var candidateKind: String, candidateDigest: String
    public var candidateTitle: String
    /// How the pair is known already (`csv`, `figure-reference`, ...); empty when it is not.
    public var knownPair: String
    public var model: String, snapshot: String

    public init(
        queryRoot: String, queryPath: String, queryPage: Int, queryKind: String, queryDigest: String, queryCopies: Int,
        queryTitle: String, rank: Int, score: Float, candidateRoot: String, candidatePath: String, candidatePage: Int,
        candidateKind: String, candidateDigest: String, candidateTitle: String, knownPair: String, model: String, snapshot: String
    ) {
        self.queryRoot = queryRoot
        self.queryPath = queryPath
        self.queryPage = queryPage
        self.queryKind = queryKind
        self.queryDigest = queryDigest
        self.queryCopies = queryCopies
        self.queryTitle = queryTitle
        self.rank = rank
        self.score = score
        self.candidateRoot = candidateRoot
        self.candidatePath = candidatePath
        self.candidatePage = candidatePage
        self.candidateKind = candidateKind
        self.candidateDigest = candidateDigest
        self.candidateTitle = candidateTitle
        self.knownPair = knownPair
        self.model = model
        self.snapshot = snapshot
    }

    /// Every column's name and value, in order. The one table that CSV and JSON Lines are both made from.
    public var columns: [(name: String, value: ReportValue)] {
        [
            ("query_path", .text(queryPath)), ("query_page", .integer(queryPage)), ("query_title", .text(queryTitle)),
            ("rank", .integer(rank)), ("score", .decimal(score)),
            ("candidate_path", .text(candidatePath)), ("candidate_page", .integer(candidatePage)),
            ("candidate_title", .text(candidateTitle)), ("known_pair", .text(knownPair)),
            ("query_kind", .text(queryKind)), ("candidate_kind", .text(candidateKind)),
            ("query_root", .text(queryRoot)), ("candidate_root", .text(candidateRoot)),
            ("query_copies", .integer(queryCopies)),
            ("query_digest", .text(queryDigest)), ("candidate_digest", .text(candidateDigest)),
            ("model", .text(model)), ("snapshot", .text(snapshot)),
        ]
    }

    /// The columns' names, in order: the first line of a CSV report.
    public static let columnNames = MatchRow(
        queryRoot: "", queryPath: "", queryPage: 0, queryKind: "", queryDigest: "", queryCopies: 0, queryTitle: "", rank: 0, score: 0,
        candidateRoot: "", candidatePath: "", candidatePage: 0, candidateKind: "", candidateDigest: "", candidateTitle: "",
        knownPair: "", model: "", snapshot: ""
    ).columns.map(\.name)
}

/// A cell of a report.
public enum ReportValue: Equatable, Sendable {
    case text(String)
    case integer(Int)
    /// Written with six decimals.
    case decimal(Float)

    /// The value without quoting.
    var plain: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let number): Self.sixDecimals(number)
        }
    }

    /// Fixed-point text without Foundation's formatter, which costs a hundred times as much per cell.
    static func sixDecimals(_ number: Float) -> String {
        guard number.isFinite, abs(number) < 1e9 else { return String(number) }
        let scaled = Int((Double(number) * 1e6).rounded())
        let digits = String(abs(scaled))
        let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
    }
}
