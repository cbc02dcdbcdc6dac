import Documents
import Indexing
import Matching
import Queueing
import Reporting

/// Joins one modality of the published snapshot with the other and writes each match as a row.
struct MatchStage {
    let archive: OpenWorkspace

    /// Takes a snapshot and the rows' order from it: queries in digest order would be no order for people, so rows go by path.
    func rows(_ snapshot: Snapshot, from: Modality, top: Int) throws -> [MatchRow] {
        let names = try MatchNames(archive: archive, snapshot: snapshot)
        var groups: [(location: FileLocation, page: Int, rows: [MatchRow])] = []
        try ExactJoin(k: top).join(queries: snapshot.shards(from).map { try CodeSet($0) }, candidates: snapshot.shards(from.other)) { matches in
            guard let first = matches.first, let location = names.location(first.query.digest) else { return }
            groups.append((location, first.query.page, matches.compactMap { names.row($0, from: from) }))
        }
        groups.sort { ($0.location, $0.page) < ($1.location, $1.page) }
        return groups.flatMap(\.rows)
    }
}

/// What a report says of items beyond their digests.
struct MatchNames {
    private let locations: [ContentDigest: [FileLocation]]
    private let titles: [ContentDigest: String]
    private let roots: [Int64: String]
    private let known: [PairKey: Pair.Source]
    private let model: String
    private let snapshot: String

    private struct PairKey: Hashable {
        var sheet: ContentDigest
        var image: ContentDigest
    }

    init(archive: OpenWorkspace, snapshot: Snapshot) throws {
        locations = try archive.catalog.locations()
        titles = try archive.catalog.titles()
        roots = try archive.rootNames()
        known = Dictionary(try archive.catalog.pairs().map { (PairKey(sheet: $0.sheet, image: $0.image), $0.source) }) { first, _ in first }
        model = snapshot.manifest.model
        self.snapshot = snapshot.digest.hex
    }

    /// The first place of a content; `nil` when it left the archive after the snapshot was made.
    func location(_ digest: ContentDigest) -> FileLocation? { locations[digest]?.first }

    /// One line of the report; `nil` when either file left the archive after the snapshot was made.
    func row(_ match: Match, from: Modality) -> MatchRow? {
        guard let query = location(match.query.digest) else { return nil }
        return row(
            match, from: from, root: roots[query.root] ?? "", path: query.path.display, copies: locations[match.query.digest]?.count ?? 1,
            title: titles[match.query.digest] ?? "")
    }

    /// The same for a query that need not be in the archive.
    func row(_ match: Match, from: Modality, root: String, path: String, copies: Int, title: String) -> MatchRow? {
        guard let candidate = location(match.candidate.digest) else { return nil }
        let (sheet, image) = from == .sheet
            ? (match.query.digest, match.candidate.digest) : (match.candidate.digest, match.query.digest)
        return MatchRow(
            queryRoot: root, queryPath: path, queryPage: match.query.page, queryKind: from.rawValue,
            queryDigest: match.query.digest.hex, queryCopies: copies, queryTitle: title, rank: match.rank, score: match.score,
            candidateRoot: roots[candidate.root] ?? "", candidatePath: candidate.path.display, candidatePage: match.candidate.page,
            candidateKind: from.other.rawValue, candidateDigest: match.candidate.digest.hex,
            candidateTitle: titles[match.candidate.digest] ?? "",
            knownPair: known[PairKey(sheet: sheet, image: image)]?.rawValue ?? "", model: model, snapshot: snapshot)
    }
}
