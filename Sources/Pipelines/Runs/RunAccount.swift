import Documents
import Foundation
import Queueing

/// What became of every file: the sum that each run ends with (docs/ARCHITECTURE.md).
public struct RunAccount: Codable, Equatable, Sendable {
    public var seen = 0
    /// In the snapshot since this run.
    public var indexed = 0
    /// In the snapshot already before this run.
    public var unchanged = 0
    /// Read for what they say about other files: texts of pages, lists of files, maps of keys.
    public var companions = 0
    public var unsupported = 0, quarantined = 0
    /// They cannot be read today; what was known of them stays as it was.
    public var unreadable = 0
    public var ignored = 0
    /// Left for the next run: they changed while they were read.
    public var changing = 0
    /// Left for a later step or run: parsed perhaps, but in no snapshot.
    public var pending = 0

    init() {}

    /// Counts files; `before` and `now` are the contents of the snapshots before and after the run.
    init(_ catalog: Catalog, before: Set<ContentDigest>, now: Set<ContentDigest>) throws {
        try catalog.countFates { fate, digest in
            seen += 1
            switch fate {
            case .document:
                guard let digest, now.contains(digest) else {
                    pending += 1
                    return
                }
                if before.contains(digest) { unchanged += 1 } else { indexed += 1 }
            case .companion: companions += 1
            case .pending: pending += 1
            case .unsupported: unsupported += 1
            case .quarantined: quarantined += 1
            case .unreadable: unreadable += 1
            case .ignored: ignored += 1
            case .changing: changing += 1
            }
        }
    }

    /// The account as one line, a sum that can be checked by hand.
    public var line: String {
        var terms = ["\(indexed) indexed", "\(unchanged) unchanged"]
        if companions > 0 { terms.append("\(companions) companions") }
        terms += ["\(unsupported) unsupported", "\(quarantined) quarantined"]
        if unreadable > 0 { terms.append("\(unreadable) unreadable") }
        terms.append("\(ignored) ignored")
        if changing > 0 { terms.append("\(changing) changing") }
        if pending > 0 { terms.append("\(pending) pending") }
        return "\(seen) files seen = \(terms.joined(separator: " + "))"
    }

    /// What a run that changes nothing would count.
    var ofNextRun: RunAccount {
        var account = self
        (account.indexed, account.unchanged) = (0, indexed + unchanged)
        return account
    }

    var json: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    /// `nil` for an account of another version.
    init?(json: String) {
        guard let account = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = account
    }
}
