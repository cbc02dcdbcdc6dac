import Storage
import SystemPackage

/// Reads files that the user named: what cannot be read is the user's to put right.
enum NamedFile {
    /// Bytes of the largest file that is read into memory.
    private static let mostBytes = 1 << 30

    /// The bytes of `path`; `role` tells what the file is for, as in "the pipeline".
    static func read(_ path: FilePath, as role: String, limit: Int = mostBytes) throws(ShogoError) -> [UInt8] {
        do throws(StorageError) {
            return try WholeFile.read(path, limit: limit)
        } catch .system(_, _, let errno) {
            throw ShogoError(.usage, "cannot read \(role) \(path): \(errno)")
        } catch {
            throw ShogoError(.usage, "cannot read \(role): \(error)")
        }
    }
}
