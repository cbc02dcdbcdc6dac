import Storage
import SystemPackage

/// Removes what writers that were killed left behind. The caller holds the workspace lock: no writer lives but perhaps a worker
/// whose supervisor has just died.
enum TemporaryFiles {
    /// Folders of the workspace are nested less deeply; what lies deeper is nothing of Shogo's.
    private static let mostLevels = 16

    /// `all`: also where only workers write, which is a look at every file of the archive.
    static func sweep(_ workspace: Workspace, all: Bool) throws {
        let top = try OpenFolder(workspace.path)
        // The parts of the workspace that Shogo writes, and no file that a user may have put beside them.
        let parts: [FilePath.Component] = ["index", "models", "pairs", "reports"] + (all ? ["descriptors", "codes"] : [])
        for part in parts where try top.kind(of: part) == .folder {
            try sweep(top.folder(part), levels: mostLevels)
        }
    }

    private static func sweep(_ folder: borrowing OpenFolder, levels: Int) throws {
        for name in try folder.names() {
            if AtomicFile.isTemporary(folder.path.appending(name)) {
                try AtomicFile.sweep(name, in: folder)
            } else if levels > 1, try folder.kind(of: name) == .folder {
                try sweep(folder.folder(name), levels: levels - 1)
            }
        }
    }
}
