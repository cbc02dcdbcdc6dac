import Glibc
public import SystemPackage

/// A folder that is held open: what is done in it is done there, whatever becomes of its path meanwhile, and follows no link.
public struct OpenFolder: ~Copyable {
    /// What a name in a folder stands for.
    public enum Kind: Sendable {
        case file, folder, other
    }

    /// `O_PATH`, which Swift does not see; the same on x86-64 and ARM.
    private static let onlyPointing: CInt = 0o10_000_000

    /// The path it was opened by, for messages.
    public let path: FilePath
    /// What system calls know it by, as long as this value lives.
    public let descriptor: CInt

    /// Opens the folder at `path`, which whoever runs the program chose: links on the way are theirs, and are followed.
    public init(_ path: FilePath) throws(StorageError) {
        self.path = path.isEmpty ? FilePath(".") : path
        descriptor = self.path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .system(operation: "open", path: path, errno: Errno(rawValue: errno)) }
    }

    private init(_ path: FilePath, _ descriptor: CInt) {
        self.path = path
        self.descriptor = descriptor
    }

    /// The folder `relative` below `path`. Fails where a component of `relative` is a link.
    public init(_ path: FilePath, below relative: FilePath) throws(StorageError) {
        var folder = try OpenFolder(path)
        for component in relative.components { folder = try folder.folder(component) }
        self = folder
    }

    deinit { close(descriptor) }

    /// Opens a folder in this one. Fails where it is a link.
    public func folder(_ name: FilePath.Component) throws(StorageError) -> OpenFolder {
        try refuseLink(name)
        return OpenFolder(path.appending(name), try open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
    }

    /// Opens a folder in this one, made when it is missing. Fails where it is a link.
    public func makeFolder(_ name: FilePath.Component) throws(StorageError) -> OpenFolder {
        guard name.withPlatformString({ mkdirat(descriptor, $0, 0o755) }) == 0 || errno == EEXIST else { throw failure("create directory", name, errno) }
        return try folder(name)
    }

    /// Lends the descriptor of what `name` is, opened for nothing but to be pointed at. Fails where it is a link.
    public func pointing<Result>(at name: FilePath.Component, _ body: (CInt) throws(StorageError) -> Result) throws(StorageError) -> Result {
        try refuseLink(name)
        let descriptor = try open(name, Self.onlyPointing | O_NOFOLLOW | O_CLOEXEC)
        defer { close(descriptor) }
        return try body(descriptor)
    }

    /// The names in the folder, but for `.` and `..`, in no order.
    public func names() throws(StorageError) -> [FilePath.Component] {
        // A descriptor of its own, because reading moves on in it.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let listing = fdopendir(own) else { throw .system(operation: "list", path: path, errno: Errno(rawValue: errno)) }
        defer { closedir(listing) }
        var names: [FilePath.Component] = []
        while true {
            errno = 0
            guard let entry = readdir(listing) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                start.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { FilePath(platformString: $0) }
            }
            // `.` and `..` are components of another kind.
            if let component = name.lastComponent, component.kind == .regular { names.append(component) }
        }
        guard errno == 0 else { throw .system(operation: "list", path: path, errno: Errno(rawValue: errno)) }
        return names
    }

    /// What `name` is, itself: a link is neither a file nor a folder. `nil` when it is not there.
    public func kind(of name: FilePath.Component) throws(StorageError) -> Kind? {
        do throws(StorageError) {
            let mode = try status(name).st_mode & S_IFMT
            return mode == S_IFREG ? .file : mode == S_IFDIR ? .folder : .other
        } catch where error.isMissing {
            return nil
        }
    }

    /// When `name` was changed last, in nanoseconds.
    public func modified(_ name: FilePath.Component) throws(StorageError) -> Int {
        let time = try status(name).st_mtim
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Removes what `name` is: a file, a link itself, a folder with all that is in it. That it is gone meanwhile is no error.
    ///
    /// Nothing outside this folder is touched, and no other file system that is mounted in it. However deep the folder is nested, three
    /// descriptors are held at most.
    public func remove(_ name: FilePath.Component) throws(StorageError) {
        do throws(StorageError) {
            guard try kind(of: name) == .folder else { return try unlink(name) }
            try folderOfThisDevice(name).removeFolders()
            try unlink(name, AT_REMOVEDIR)
        } catch where error.isMissing {
            return
        }
    }

    /// Removes all that is in this folder.
    private func removeFolders() throws(StorageError) {
        var moved = 0
        while case let inner = try removeFiles(), !inner.isEmpty {
            for name in inner {
                let folder = try folderOfThisDevice(name)
                // What lies deeper is moved up and is next, so that depth costs nothing.
                for deeper in try folder.removeFiles() { try folder.move(deeper, to: self, &moved) }
                try unlink(name, AT_REMOVEDIR)
            }
        }
    }

    /// Removes everything that is no folder; answers the folders.
    private func removeFiles() throws(StorageError) -> [FilePath.Component] {
        var folders: [FilePath.Component] = []
        for name in try names() {
            if try kind(of: name) == .folder { folders.append(name) } else { try unlink(name) }
        }
        return folders
    }

    private func move(_ name: FilePath.Component, to folder: borrowing OpenFolder, _ number: inout Int) throws(StorageError) {
        while true {
            number += 1
            guard let free = FilePath.Component("moved-\(number)") else { continue }
            let failed = name.withPlatformString { old in free.withPlatformString { renameat(descriptor, old, folder.descriptor, $0) } } != 0
            if !failed { return }
            guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else { throw failure("move", name, errno) }
        }
    }

    private func unlink(_ name: FilePath.Component, _ flags: CInt = 0) throws(StorageError) {
        guard name.withPlatformString({ unlinkat(descriptor, $0, flags) }) == 0 else { throw failure("remove", name, errno) }
    }

    private func folderOfThisDevice(_ name: FilePath.Component) throws(StorageError) -> OpenFolder {
        let folder = try folder(name)
        var (own, other) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, fstat(folder.descriptor, &other) == 0 else { throw failure("examine", name, errno) }
        guard own.st_dev == other.st_dev else { throw failure("remove", name, EXDEV) }
        return folder
    }

    private func open(_ name: FilePath.Component, _ flags: CInt) throws(StorageError) -> CInt {
        let opened = name.withPlatformString { openat(descriptor, $0, flags) }
        guard opened >= 0 else { throw failure("open", name, errno) }
        return opened
    }

    /// Says what is wrong: the flags of `open` keep links out as well, but call them no folder.
    private func refuseLink(_ name: FilePath.Component) throws(StorageError) {
        guard try status(name).st_mode & S_IFMT != S_IFLNK else { throw failure("follow the link", name, ELOOP) }
    }

    private func status(_ name: FilePath.Component) throws(StorageError) -> stat {
        var status = stat()
        guard name.withPlatformString({ fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { throw failure("examine", name, errno) }
        return status
    }

    private func failure(_ operation: String, _ name: FilePath.Component, _ errno: CInt) -> StorageError {
        .system(operation: operation, path: path.appending(name), errno: Errno(rawValue: errno))
    }
}
