import Foundation
import Storage
import SystemPackage

/// Removes what writers that were killed left behind. The caller holds the workspace lock: no writer lives but perhaps a worker
/// whose supervisor has just died.
enum TemporaryFiles {
    static func sweep(_ workspace: Workspace) throws {
        // The parts of the workspace that Shogo writes, and no file that a user may have put beside them.
        for part in ["descriptors", "codes", "index", "models", "pairs", "reports"] {
            let folder = workspace.path.appending(part)
            guard let names = FileManager.default.enumerator(atPath: folder.string) else { continue }
            for case let name as String in names where AtomicFile.isTemporary(FilePath(name)) {
                try AtomicFile.sweep(folder.pushing(FilePath(name)))
            }
        }
    }
}
