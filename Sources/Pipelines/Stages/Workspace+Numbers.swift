import Documents
import Glibc
import Storage
import SystemPackage

extension Workspace {
    /// Removes the descriptors and codes of a content: they were made from other words than it has now.
    func forgetNumbers(of digest: ContentDigest, _ modality: Modality) throws {
        var paths = [descriptorFile(digest, extractor: Extractor.name(modality))]
        if let model = try ModelFolder(workspace: self).currentDigest() { paths.append(codeFile(digest, model: model)) }
        for path in paths where path.withPlatformString({ unlink($0) }) != 0 && errno != ENOENT {
            throw ShogoError(.failed, "cannot remove \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Removes a file that reading shows to be damaged, so that it is made anew; answers whether it is.
    static func removeIfDamaged(_ path: FilePath, _ read: () throws(StorageError) -> Void) throws(StorageError) -> Bool {
        do { try read() } catch {
            guard error.isDamage else { throw error }
            guard path.withPlatformString({ unlink($0) }) == 0 || errno == ENOENT else {
                throw .system(operation: "remove", path: path, errno: Errno(rawValue: errno))
            }
            return true
        }
        return false
    }
}
