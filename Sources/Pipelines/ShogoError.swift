import Queueing
import Storage
import SystemPackage

/// The exit codes: an interface, listed in README.md.
public enum ExitStatus: Int32, Sendable {
    case done = 0
    case failed = 1
    case usage = 2
    case doneWithQuarantine = 3
    case temporary = 5
    case indexDamaged = 7
    case stepLeftOut = 8
    case doneWithUnreadable = 9
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

    /// Any error as one for the terminal, with the exit code that fits it.
    public init(_ error: any Error) {
        switch error {
        case let error as ShogoError: self = error
        case let error as StorageError where error.isDamage: self.init(.indexDamaged, error.description)
        case StorageError.system(_, _, .noSpace), StorageError.system(_, _, .diskQuotaExceeded):
            self.init(.temporary, "\(error); free some space and run again, nothing is lost")
        case let error where CatalogError.isDiskFull(error):
            self.init(.temporary, "the catalog cannot grow: the disk is full; free some space and run again, nothing is lost")
        case let error where CatalogError.isReadOnly(error):
            self.init(.failed, "this user may not write the workspace's catalog; run as the user who made the workspace")
        case let error as CatalogError:
            let status: ExitStatus =
                switch error {
                case .networkFileSystem, .later: .usage
                case .busy: .temporary
                case .damaged: .indexDamaged
                }
            self.init(status, error.description)
        case let error:
            let damage = CatalogError(damage: error)
            self.init(damage == nil ? .failed : .indexDamaged, damage?.description ?? "\(error)")
        }
    }
}
