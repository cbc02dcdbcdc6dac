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
    /// What the user should know: directories that could not be listed, rows of pair files that fit nothing.
    public var remarks: [String]
    /// Steps that were not done, each with its reason; their results of earlier runs stay as they are.
    public var leftOut: [String]
    /// Directories that could not be listed.
    public var unreadableFolders: Int
    public var dryRun: Bool

    /// The code to exit with: what the user has to look at first.
    public var status: ExitStatus {
        if !leftOut.isEmpty { return .stepLeftOut }
        if account.unreadable + unreadableFolders > 0 { return .doneWithUnreadable }
        return account.quarantined > 0 ? .doneWithQuarantine : .done
    }
}
