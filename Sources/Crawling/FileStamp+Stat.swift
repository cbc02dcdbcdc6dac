import Documents
import Glibc

extension FileStamp {
    init(_ status: stat) {
        self.init(
            size: Int64(status.st_size), modified: Self.nanoseconds(status.st_mtim), changed: Self.nanoseconds(status.st_ctim),
            inode: UInt64(status.st_ino))
    }

    /// Wraps around before 1677 and after 2262: stamps are compared for equality only, and any file may bear any date.
    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
