public import Documents
import Queueing

/// `shogo failures` and `shogo retry`: files that are not indexed, and a second chance for them.
public struct Failures {
    /// One file that is not indexed.
    public struct Entry: Encodable, Sendable {
        public var root: String, path: String
        /// From 1, when one page of several is at fault.
        public var page: Int?
        public var stage: String, reason: String
        /// `unsupported`, `quarantined` or `unreadable`; `unread` for one that is indexed without the text of a page.
        public var state: String
        public var message: String, advice: String
        public var attempts: Int
        public var firstSeen: String?, lastSeen: String?
    }

    private let archive: OpenWorkspace

    public init(archive: OpenWorkspace) {
        self.archive = archive
    }

    /// One entry per file, in the order of roots and paths.
    public func entries() throws -> [Entry] {
        let roots = try archive.rootNames()
        return try archive.catalog.failures().map { failure in
            Entry(
                root: roots[failure.location.root] ?? "", path: failure.location.path.display, page: failure.page, stage: failure.stage,
                reason: failure.reason.rawValue, state: Self.state(failure),
                message: failure.message, advice: failure.reason.advice, attempts: failure.attempts,
                firstSeen: failure.firstSeen.isEmpty ? nil : failure.firstSeen, lastSeen: failure.lastSeen.isEmpty ? nil : failure.lastSeen)
        }
    }

    private static func state(_ failure: FailureRecord) -> String {
        if failure.reason == .unreadable { return "unreadable" }
        if failure.stage == Job.Stage.recognise.rawValue { return "unread" }
        return failure.reason.isUnsupported ? "unsupported" : "quarantined"
    }

    /// Forgets failures, so that the next run reads those files again; answers how many contents.
    public func retry(reason: ReasonCode?, below path: String?, dryRun: Bool) throws -> Int {
        let lock = try WorkspaceLock(archive.workspace)
        defer { withExtendedLifetime(lock) {} }
        return try archive.catalog.retryFailures(reason: reason, path: path, dryRun: dryRun)
    }
}
