import Foundation

/// How a run is done, apart from what it does.
public struct RunOptions: Sendable {
    /// Worker processes; their number changes nothing but the time.
    public var workers: Int
    /// The `shogo` program that workers are started from.
    public var executable: String
    /// Overrides `crawl.maxDelete` of the configuration.
    public var maxDelete: Double?
    /// Look, and change nothing.
    public var dryRun: Bool

    /// Cores this machine has: the workers of a run unless told otherwise.
    public static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

    public init(workers: Int, executable: String = currentExecutable(), maxDelete: Double? = nil, dryRun: Bool = false) {
        self.workers = workers
        self.executable = executable
        self.maxDelete = maxDelete
        self.dryRun = dryRun
    }
}
