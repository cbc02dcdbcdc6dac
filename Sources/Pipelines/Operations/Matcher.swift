public import Documents
import Indexing
public import Reporting
import Storage
public import SystemPackage

/// `shogo match`: the cross-match report of the published snapshot. Needs no lock; runs beside any other command.
public struct Matcher {
    private let archive: OpenWorkspace

    public init(archive: OpenWorkspace) {
        self.archive = archive
    }

    /// Writes the report to a file; answers the number of rows, or `nil` when nothing is published yet.
    public func write(
        from: Modality, top: Int, format: MatchReport.Format, profile: CSVWriter.Profile, to output: FilePath
    ) throws -> Int? {
        guard let (bytes, rows) = try report(from: from, top: top, format: format, profile: profile) else { return nil }
        try AtomicFile.createDirectory(output.removingLastComponent())
        try AtomicFile.write(bytes, to: output)
        return rows
    }

    /// The report's bytes and how many rows it has, or `nil` when nothing is published yet.
    public func report(
        from: Modality, top: Int, format: MatchReport.Format, profile: CSVWriter.Profile
    ) throws -> (bytes: [UInt8], rows: Int)? {
        guard let snapshot = try archive.workspace.index.openCurrent() else { return nil }
        let rows = try MatchStage(archive: archive).rows(snapshot, from: from, top: top)
        var report = MatchReport(format: format, profile: profile)
        for row in rows { report.append(row) }
        return (report.bytes, rows.count)
    }
}
