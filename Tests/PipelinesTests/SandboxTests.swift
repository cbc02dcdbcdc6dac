import CSandbox
import Documents
import Foundation
@testable import Pipelines
import SystemPackage
import TestSupport
import Testing

/// The attempts of these tests are such that without the rule they do no harm and fail for another reason, or succeed.
@Suite("The workers' sandbox")
struct SandboxTests {
    typealias Attempts = [(name: String, attempt: @Sendable () -> Int)]

    /// The rights are given up for good, so a thread of its own gives them up. Answers 0 or the errno of each attempt.
    static func confined(by confine: @escaping @Sendable () -> Int32, _ attempts: Attempts) async -> (status: Int32, errors: [String: Int32]) {
        await withCheckedContinuation { done in
            Thread.detachNewThread {
                let status = confine()
                let errors = attempts.map { ($0.name, $0.attempt() < 0 ? errno : 0) }
                done.resume(returning: (status, Dictionary(uniqueKeysWithValues: errors)))
            }
        }
    }

    /// A system call as it is: Swift sees no functions with any number of arguments.
    static let call = unsafeBitCast(dlsym(nil, "syscall"), to: (@convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int).self)

    static func call(_ number: Int32, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0) -> Int {
        call(Int(number), a, b, c, d, e, 0)
    }

    // MARK: Landlock

    @Test("What is confined makes files and folders in its places, and no links, fifos, sockets or devices anywhere; elsewhere it writes nothing")
    func places() async throws {
        let directory = TemporaryDirectory()
        for folder in ["made", "removed", "other", "other/inner"] { directory.makeFolder(RawPath(folder)) }
        for file in ["made/a", "made/b", "removed/a", "removed/b", "other/a", "file"] { directory.write("before", file) }
        let path: @Sendable (String) -> String = { directory[$0].string }
        let opened: @Sendable (String, Int32) -> Int = { name, flags in
            let descriptor = open(path(name), flags, 0o600)
            if descriptor >= 0 { close(descriptor) }
            return Int(descriptor)
        }
        let refused: Attempts = [
            ("writing", { opened("other/a", O_WRONLY) }), ("truncating", { Int(truncate(path("other/a"), 0)) }),
            ("making a file", { opened("other/new", O_WRONLY | O_CREAT) }), ("making a folder", { Int(mkdir(path("other/new"), 0o700)) }),
            ("removing a file", { Int(unlink(path("other/a"))) }), ("removing a folder", { Int(rmdir(path("other/inner"))) }),
            ("renaming a folder", { Int(rename(path("other/inner"), path("other/outer"))) }),
            ("making a fifo", { Int(mkfifo(path("made/fifo"), 0o600)) }), ("making a link", { Int(symlink("/", path("made/link"))) }),
            ("making a socket", { Int(mknod(path("made/socket"), S_IFSOCK | 0o600, 0)) }),
            ("making a device", { Int(mknod(path("made/device"), S_IFCHR | 0o600, 0x103)) }),
            ("making a block device", { Int(mknod(path("made/block"), S_IFBLK | 0o600, 0x103)) }),
            ("removing a folder in place", { Int(rmdir(path("made/inner"))) }),
            ("renaming a folder in place", { Int(rename(path("made/inner"), path("made/outer"))) }),
            ("writing where it removes", { opened("removed/b", O_WRONLY) }), ("making where it removes", { opened("removed/c", O_WRONLY | O_CREAT) }),
            ("a folder where it removes", { Int(mkdir(path("removed/new"), 0o700)) }), ("removing what it rewrites", { Int(unlink(path("file"))) }),
            ("renaming out", { Int(rename(path("made/b"), path("other/b"))) }), ("renaming in", { Int(rename(path("other/a"), path("made/c"))) }),
        ]
        let crossing: Attempts = [
            ("renaming deeper", { Int(rename(path("made/b"), path("made/inner/b"))) }), ("linking in", { Int(link(path("other/a"), path("made/c"))) }),
        ]
        let granted: Attempts = [
            ("reading", { opened("other/a", O_RDONLY) }), ("nothing", { Int(open("/dev/null", O_WRONLY)) }),
            ("a file", { opened("made/new", O_WRONLY | O_CREAT) }), ("a folder", { Int(mkdir(path("made/inner"), 0o700)) }),
            ("a name", { Int(rename(path("made/new"), path("made/named"))) }), ("an end", { Int(unlink(path("made/a"))) }),
            ("removing", { Int(unlink(path("removed/a"))) }), ("rewriting", { opened("file", O_WRONLY | O_TRUNC) }),
        ]
        let places = [("made", SHOGO_MAY_MAKE), ("removed", SHOGO_MAY_REMOVE), ("file", SHOGO_MAY_REWRITE)].map {
            shogo_place(descriptor: open(path($0.0), O_RDONLY), may: $0.1)
        }
        defer { for place in places { close(place.descriptor) } }
        let (status, errors) = await Self.confined(by: { shogo_sandbox_write_only_at(places, places.count) }, granted + refused + crossing)
        guard status == 0 else {
            #expect(status == ENOSYS)
            return
        }
        for (name, _) in granted { #expect(errors[name] == 0, "\(name)") }
        for (name, _) in refused { #expect(errors[name] == EACCES, "\(name)") }
        for (name, _) in crossing { #expect(errors[name] == EXDEV, "\(name)") }
        #expect(directory.names("other") == ["a", "inner"])
    }

    // MARK: seccomp

    @Test("Nothing is changed but by writing, nothing made but files and folders, no other process reached or started, and nobody is spoken to")
    func calls() async throws {
        let directory = TemporaryDirectory()
        directory.write("before", "file")
        let file = directory["file"].string
        let reading = open(file, O_RDONLY)
        defer { close(reading) }
        let refused = Self.changing(file, reading) + Self.making(directory) + Self.otherProcesses + Self.nameSpaces + Self.speaking + Self.tables
        let allowed: Attempts = [
            ("writing", { Int(open(file, O_RDWR)) }), ("truncating", { Int(ftruncate(open(file, O_RDWR), 6)) }),
            ("emptying", { Int(open(file, O_WRONLY | O_TRUNC)) }), ("own signal", { Int(kill(getpid(), 0)) }),
            ("own thread's signal", { Self.call(SYS_tgkill, Int(getpid()), Self.call(SYS_gettid)) }),
            ("a lock", { Self.call(SYS_fcntl, Int(reading), Int(F_SETLK), Self.lock) }),
            ("a lock of the open file", { Self.call(SYS_fcntl, Int(reading), 36, Self.lock) }),
            ("own limits", { Self.call(SYS_prlimit64, 0, Int(RLIMIT_CORE.rawValue)) }),
            ("own limits by number", { Self.call(SYS_prlimit64, Int(getpid()), Int(RLIMIT_CORE.rawValue)) }),
            ("a duplicate", { Self.call(SYS_fcntl, Int(reading), Int(F_DUPFD_CLOEXEC)) }), ("flags", { Self.call(SYS_fcntl, Int(reading), Int(F_GETFL)) }),
            ("a rename", { Int(rename(file, file + "2")) }), ("a folder", { Int(mkdir(file, 0o700)) }), ("a thread", { Self.thread() }),
        ]
        let (status, errors) = await Self.confined(by: { shogo_sandbox_forbid_calls(false) }, refused + allowed)
        guard status == 0 else {
            #expect([ENOSYS, EINVAL, EPERM].contains(status))
            return
        }
        for (name, _) in refused { #expect(errors[name] == (name == "clone3" ? ENOSYS : EPERM), "\(name)") }
        for (name, _) in allowed { #expect(errors[name] == 0, "\(name)") }
    }

    /// The address of a lock for reading, for good.
    private static let lock: Int = {
        let lock = UnsafeMutablePointer<flock>.allocate(capacity: 1)
        lock.initialize(to: flock(l_type: Int16(F_RDLCK), l_whence: 0, l_start: 0, l_len: 0, l_pid: 0))
        return Int(bitPattern: lock)
    }()

    private static func thread() -> Int {
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { _ in nil }, nil)
        guard status == 0 else { return -1 }
        return -Int(pthread_join(thread, nil))
    }

    private static func changing(_ file: String, _ reading: Int32) -> Attempts {
        let here = Int(AT_FDCWD)
        return [
            ("chmod", { Int(chmod(file, 0o777)) }), ("fchmod", { Int(fchmod(reading, 0o777)) }), ("fchmodat", { Int(fchmodat(AT_FDCWD, file, 0o777, 0)) }),
            ("fchmodat2", { call(452, -1, 0) }), ("chown", { Int(chown(file, 0, 0)) }), ("lchown", { Int(lchown(file, 0, 0)) }),
            ("fchown", { Int(fchown(reading, 0, 0)) }), ("fchownat", { Int(fchownat(AT_FDCWD, file, 0, 0, 0)) }),
            ("utimensat", { Int(utimensat(AT_FDCWD, file, nil, 0)) }), ("truncate", { Int(truncate(file, 0)) }),
            ("O_RDONLY | O_TRUNC", { Int(open(file, O_RDONLY | O_TRUNC)) }), ("O_ACCMODE | O_TRUNC", { Int(open(file, O_ACCMODE | O_TRUNC)) }),
            ("openat2", { call(SYS_openat2, here) }), ("ioctl", { call(SYS_ioctl, -1) }),
            ("setxattr", { call(SYS_setxattr) }), ("lsetxattr", { call(SYS_lsetxattr) }), ("fsetxattr", { call(SYS_fsetxattr, -1) }),
            ("setxattrat", { call(463, -1) }), ("removexattr", { call(SYS_removexattr) }), ("lremovexattr", { call(SYS_lremovexattr) }),
            ("fremovexattr", { call(SYS_fremovexattr, -1) }), ("removexattrat", { call(466, -1) }), ("file_setattr", { call(469, -1) }),
        ]
    }

    private static func making(_ directory: TemporaryDirectory) -> Attempts {
        let new = directory["new"].string
        let old = directory["file"].string
        return [
            ("symlinkat", { Int(symlinkat("/", AT_FDCWD, new)) }), ("linkat", { Int(linkat(AT_FDCWD, old, AT_FDCWD, new, 0)) }),
            ("mknodat", { Int(mkfifoat(AT_FDCWD, new, 0o600)) }), ("renameat2", { call(SYS_renameat2, -1, 0, -1, 0, 1 << 20) }),
        ]
    }

    private static let otherProcesses: Attempts = [
        ("kill", { Int(kill(getppid(), 0)) }), ("tgkill", { call(SYS_tgkill, Int(getppid()), Int(getppid())) }), ("tkill", { call(SYS_tkill, -1) }),
        ("rt_sigqueueinfo", { call(SYS_rt_sigqueueinfo, -1) }), ("rt_tgsigqueueinfo", { call(SYS_rt_tgsigqueueinfo, -1) }),
        ("pidfd_open", { call(SYS_pidfd_open, -1) }), ("pidfd_getfd", { call(SYS_pidfd_getfd, -1) }),
        ("pidfd_send_signal", { call(SYS_pidfd_send_signal, -1) }), ("ptrace", { call(SYS_ptrace, 99_999, -1) }),
        ("process_vm_readv", { call(SYS_process_vm_readv, -1) }), ("process_vm_writev", { call(SYS_process_vm_writev, -1) }),
        ("process_madvise", { call(SYS_process_madvise, -1) }), ("process_mrelease", { call(SYS_process_mrelease, -1) }),
        ("kcmp", { call(SYS_kcmp, -1, -1) }), ("move_pages", { call(SYS_move_pages, -1) }), ("migrate_pages", { call(SYS_migrate_pages, -1) }),
        ("F_SETOWN", { call(SYS_fcntl, -1, Int(F_SETOWN)) }), ("F_SETSIG", { call(SYS_fcntl, -1, 10) }), ("F_SETOWN_EX", { call(SYS_fcntl, -1, 15) }),
        ("F_SETLEASE", { call(SYS_fcntl, -1, 1_024) }), ("F_NOTIFY", { call(SYS_fcntl, -1, 1_026) }), ("F_SETPIPE_SZ", { call(SYS_fcntl, -1, 1_031) }),
        ("prlimit64", { call(SYS_prlimit64, Int(getppid()), -1) }), ("setpriority", { call(SYS_setpriority, -1) }),
        ("ioprio_set", { call(SYS_ioprio_set, -1) }), ("sched_setaffinity", { call(SYS_sched_setaffinity, -1) }),
        ("sched_setscheduler", { call(SYS_sched_setscheduler, -1) }), ("sched_setparam", { call(SYS_sched_setparam, -1) }),
        ("sched_setattr", { call(SYS_sched_setattr, -1) }), ("execve", { call(SYS_execve) }), ("execveat", { call(SYS_execveat, -1) }),
        // A process with the handlers of this one must have its memory: the kernel refuses the rest of it as EINVAL.
        ("clone", { call(SYS_clone, 0x800) }), ("a thread elsewhere", { call(SYS_clone, 0x10000 | 0x800 | 0x100 | 0x1000_0000) }),
        ("clone3", { call(SYS_clone3) }),
    ]

    private static let nameSpaces: Attempts = [
        ("setns", { call(SYS_setns, -1) }), ("unshare", { call(SYS_unshare, 1) }), ("chroot", { call(SYS_chroot) }),
        ("pivot_root", { call(SYS_pivot_root) }), ("mount", { call(SYS_mount) }), ("umount2", { call(SYS_umount2, 0, -1) }),
        ("open_tree", { call(SYS_open_tree, -1, 0, -1) }), ("open_tree_attr", { call(467, -1, 0, -1) }), ("move_mount", { call(SYS_move_mount, -1, 0, -1, 0, -1) }),
        ("fsopen", { call(SYS_fsopen, 0, -1) }), ("fspick", { call(SYS_fspick, -1, 0, -1) }), ("fsmount", { call(SYS_fsmount, -1, -1) }),
        ("mount_setattr", { call(SYS_mount_setattr, -1, 0, -1) }), ("name_to_handle_at", { call(SYS_name_to_handle_at, -1, 0, 0, 0, -1) }),
        ("open_by_handle_at", { call(SYS_open_by_handle_at, -1) }),
    ]

    private static let speaking: Attempts = [
        ("socket", { call(SYS_socket, -1) }), ("socketpair", { call(SYS_socketpair, -1) }), ("io_uring_setup", { call(SYS_io_uring_setup) }),
        ("shmget", { call(SYS_shmget, 0, 0) }), ("shmat", { call(SYS_shmat, -1) }), ("shmctl", { call(SYS_shmctl, -1, -1) }),
        ("msgget", { call(SYS_msgget, 0x5348_4F47, 0) }), ("msgsnd", { call(SYS_msgsnd, -1) }), ("msgrcv", { call(SYS_msgrcv, -1) }),
        ("msgctl", { call(SYS_msgctl, -1, -1) }), ("semget", { call(SYS_semget, 0x5348_4F47, 0) }), ("semop", { call(SYS_semop, -1) }),
        ("semtimedop", { call(SYS_semtimedop, -1) }), ("semctl", { call(SYS_semctl, -1, 0, -1) }), ("mq_open", { call(SYS_mq_open) }),
        ("mq_unlink", { call(SYS_mq_unlink) }), ("add_key", { call(SYS_add_key) }), ("request_key", { call(SYS_request_key) }),
        ("keyctl", { call(SYS_keyctl, -1) }), ("bpf", { call(SYS_bpf, -1) }), ("perf_event_open", { call(SYS_perf_event_open) }),
        ("userfaultfd", { call(SYS_userfaultfd, -1) }),
    ]

    #if arch(x86_64)
    /// What x86-64 knows besides: the calls that later ones replace, and two other tables of numbers.
    private static let tables: Attempts = [
        ("old chmod", { call(SYS_chmod) }), ("old chown", { call(SYS_chown) }), ("old lchown", { call(SYS_lchown) }), ("utime", { call(SYS_utime) }),
        ("utimes", { call(SYS_utimes) }), ("futimesat", { call(SYS_futimesat, -1) }), ("open", { call(SYS_open, 0, Int(O_TRUNC)) }),
        ("open for neither", { call(SYS_open, 0, Int(O_TRUNC | O_ACCMODE)) }), ("link", { call(SYS_link) }), ("symlink", { call(SYS_symlink) }),
        ("mknod", { call(SYS_mknod) }), ("fork", { born(call(SYS_fork)) }), ("vfork", { born(call(SYS_vfork)) }),
        ("getpid of x32", { call(Int32(0x4000_0000) | SYS_getpid) }), ("getpid of 32 bits", { getpidOf32Bits() }),
    ]

    private static func born(_ process: Int) -> Int {
        if process == 0 { _exit(0) }
        return process
    }

    /// Asks by the old gate, whose numbers are others; where the kernel has none it refuses, in a harder way.
    private static func getpidOf32Bits() -> Int {
        guard access("/proc/sys/abi/vsyscall32", F_OK) == 0 else {
            errno = EPERM
            return -1
        }
        // mov eax, 20; int 0x80; cdqe; ret
        let code: [UInt8] = [0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0x48, 0x98, 0xC3]
        guard let page = mmap(nil, 4_096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), page != MAP_FAILED else { return 0 }
        defer { munmap(page, 4_096) }
        page.copyMemory(from: code, byteCount: code.count)
        let answer = unsafeBitCast(page, to: (@convention(c) () -> Int).self)()
        errno = answer < 0 ? Int32(-answer) : 0
        return answer
    }
    #else
    private static let tables: Attempts = []
    #endif
}
