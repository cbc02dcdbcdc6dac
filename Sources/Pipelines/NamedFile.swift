import Storage
import SystemPackage

/// Reads files that the user named: what cannot be read is the user's to put right.
enum NamedFile {
    /// Bytes of the largest file that is read into memory.
    private static let mostBytes = 1 << 30

    /// The bytes of `path`; `role` tells what the file is for, as in "the pipeline".
    static func read(_ path: FilePath, as role: String, limit: Int = mostBytes) throws(ShogoError) -> [UInt8] {
        let size: Int?
        do throws(StorageError) {
            size = try WholeFile.regularSize(path)
            if let size, size <= limit { return try WholeFile.read(path, limit: limit) }
        } catch .system(_, _, let errno) {
            throw ShogoError(.usage, "cannot read \(role) \(path): \(errno)")
        } catch {
            throw ShogoError(.usage, "cannot read \(role): \(error)")
        }
        // A pipe would be waited for, a device never ends.
        guard let size else { throw ShogoError(.usage, "cannot read \(role) \(path): it is no regular file") }
        throw ShogoError(.usage, "cannot read \(role) \(path): it has \(size) bytes, and this command reads at most \(limit); a run reads larger ones")
    }
}
