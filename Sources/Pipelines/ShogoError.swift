/// The exit codes: an interface, listed in README.md.
public enum ExitStatus: Int32, Sendable {
    case done = 0
    case failed = 1
    case usage = 2
    case doneWithQuarantine = 3
    case temporary = 5
    case indexDamaged = 7
    case lockHeld = 11
    case deletionsRefused = 12
}

/// An error for the person at the terminal: what, where, why, what to do; and the code to exit with.
public struct ShogoError: Error, Equatable, Sendable, CustomStringConvertible {
    public var status: ExitStatus
    public var description: String

    public init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}
