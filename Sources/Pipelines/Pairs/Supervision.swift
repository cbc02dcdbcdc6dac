import Queueing
public import SystemPackage

/// What people and the archive itself tell a training: pairs, and labels of sheets.
public struct Supervision {
    /// Files of both kinds; relative paths are seen from the current directory.
    public struct Files: Sendable {
        let pairs: [FilePath], labels: [FilePath]

        public init(pairs: [FilePath] = [], labels: [FilePath] = []) { (self.pairs, self.labels) = (pairs.map(Workspace.absolute), labels.map(Workspace.absolute)) }
    }

    let pairs: KnownPairs
    let labels: KnownLabels

    var remarks: [String] { pairs.remarks + labels.remarks }

    /// Of the files that `shogo.yaml` names, of `files`, and of those given before; later ones tell only what earlier ones left open.
    init(archive: OpenWorkspace, files: Files) throws {
        let (workspace, named) = (archive.workspace, archive.configuration)
        let (pairFiles, labelFiles) = (named.pairFiles + files.pairs, named.labelFiles + files.labels)
        pairs = try KnownPairs(archive: archive, files: pairFiles, kept: KeptFiles.pairs(workspace).paths(without: pairFiles))
        labels = try KnownLabels(archive: archive, files: labelFiles, kept: KeptFiles.labels(workspace).paths(without: labelFiles))
    }

    /// Writes down what is known: pairs in the catalog, so that reports can say them, and copies of files that `shogo.yaml` does not
    /// name, so that later trainings know them.
    func keep(archive: OpenWorkspace, files: Files, remark: (String) -> Void) throws {
        let (workspace, named) = (archive.workspace, archive.configuration)
        try KeptFiles.pairs(workspace).keep(files.pairs, named: named.pairFiles, remark: remark)
        try KeptFiles.labels(workspace).keep(files.labels, named: named.labelFiles, remark: remark)
        try archive.catalog.setPairs(pairs.training)
    }
}
