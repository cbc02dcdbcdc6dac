import Foundation
import Storage
import SystemPackage

/// Removes what writers that were killed left behind. The caller holds the workspace lock: no writer lives.
enum TemporaryFiles {
    static func sweep(_ workspace: Workspace) throws {
        // The parts of the workspace that Shogo writes, and no file that a user may have put beside them.
        for part in ["descriptors", "codes", "index", "models", "reports"] {
            let folder = workspace.path.appending(part).string
            guard let names = FileManager.default.enumerator(atPath: folder) else { continue }
            for case let name as String in names where isTemporary(name) {
                try FileManager.default.removeItem(atPath: folder + "/" + name)
            }
        }
    }

    private static func isTemporary(_ name: String) -> Bool {
        name.split(separator: "/").last?.hasPrefix(AtomicFile.temporaryPrefix) ?? false
    }
}
