import Foundation
import GRDB

/// The connections to the catalog's file, which wait for other processes: SQLite gives up by itself when it finds the file locked in some
/// ways (while another process recovers the log, or a reader would become a writer), and after a minute in all others.
struct PatientDatabase: Sendable {
    let pool: DatabasePool
    /// Seconds after which waiting ends with `CatalogError.busy`.
    let patience: Double

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try patiently { try pool.read(body) } }

    /// One transaction; `body` runs again after it was rolled back, so it must not leave traces elsewhere.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try patiently { try pool.write(body) } }

    func patiently<Value>(_ body: () throws -> Value) throws -> Value {
        let start = ProcessInfo.processInfo.systemUptime
        var pause = 0.05
        while true {
            do {
                return try body()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                let waited = ProcessInfo.processInfo.systemUptime - start
                guard waited < patience else { throw CatalogError.busy(seconds: Int(waited.rounded(.up))) }
                Thread.sleep(forTimeInterval: pause)
                pause = min(pause * 2, 1)
            }
        }
    }
}
