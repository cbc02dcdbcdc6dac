/// What a run did.
public struct RunResult: Codable, Sendable {
    /// In a dry run that of the last run, as nothing was changed.
    public var account: RunAccount
    /// Jobs that stages planned; 0 when nothing was left to do.
    public var jobs: Int
    /// Digests of the published snapshot and of the model in use; absent before the first.
    public var snapshot: String?
    public var model: String?
    /// Files written by report steps.
    public var reports: [String]
    /// What the user should know: skipped steps, directories that could not be listed.
    public var remarks: [String]
    public var dryRun: Bool

    /// The code to exit with.
    public var status: ExitStatus { account.quarantined > 0 ? .doneWithQuarantine : .done }
}
