public import Documents

/// A batch of work for one stage.
public struct Job: Equatable, Sendable {
    /// The stages that workers do.
    public enum Stage: String, CaseIterable, Sendable {
        case parse, recognise, describe, encode
    }

    public var id: Int64
    public var stage: Stage
    public var digests: [ContentDigest]
    /// How often the job was taken, this time included.
    public var attempts: Int
    /// The fencing token: only the latest holder's completion counts.
    public var token: Int64
}

/// How many jobs of a stage are in which state.
public struct JobCounts: Equatable, Sendable {
    public var waiting = 0, leased = 0, done = 0
    /// Contents, not jobs: what progress is measured in.
    public var contentsDone = 0, contents = 0

    public var isFinished: Bool { waiting == 0 && leased == 0 }
}
