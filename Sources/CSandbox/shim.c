#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Later than the kernel headers of Debian 12 (ABI 3).
#define SHOGO_ACCESS_TRUNCATE (1ULL << 14)

// Renaming and linking from one folder to another is refused by every Landlock that is not told otherwise.
static const uint64_t handled =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM | SHOGO_ACCESS_TRUNCATE;

// Without the right to remove a folder none is renamed either.
static uint64_t rights(enum shogo_may may) {
    uint64_t rewriting = LANDLOCK_ACCESS_FS_WRITE_FILE | SHOGO_ACCESS_TRUNCATE;
    switch (may) {
    case SHOGO_MAY_REWRITE: return rewriting;
    case SHOGO_MAY_REMOVE: return LANDLOCK_ACCESS_FS_REMOVE_FILE;
    case SHOGO_MAY_MAKE: return rewriting | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR;
    }
    return 0;
}

static int allow(int ruleset, int place, uint64_t rights) {
    struct landlock_path_beneath_attr below = {.allowed_access = rights, .parent_fd = place};
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0 ? 0 : errno;
}

// Libraries throw their remarks away there.
static int allow_null(int ruleset, uint64_t known) {
    int null = open("/dev/null", O_PATH | O_CLOEXEC);
    if (null < 0) return errno;
    int status = allow(ruleset, null, rights(SHOGO_MAY_REWRITE) & known);
    close(null);
    return status;
}

int shogo_sandbox_write_only_at(const struct shogo_place *places, size_t count) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 0) return ENOSYS;  // containers answer EPERM to calls that their filter does not know
    uint64_t known = version >= 3 ? handled : handled & ~SHOGO_ACCESS_TRUNCATE;
    struct landlock_ruleset_attr rules = {.handled_access_fs = known};
    // Older headers know one field; the kernel takes the size for what it is.
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0);
    if (ruleset < 0) return errno;
    int status = allow_null(ruleset, known);
    for (size_t i = 0; status == 0 && i < count; i++) status = allow(ruleset, places[i].descriptor, rights(places[i].may) & known);
    if (status == 0 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)) status = errno;
    close(ruleset);
    return status;
}

#if defined(__x86_64__)
#define SHOGO_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SHOGO_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Calls later than the kernel headers of Debian 12.
#define SHOGO_FCHMODAT2 452
#define SHOGO_SETXATTRAT 463
#define SHOGO_REMOVEXATTRAT 466
#define SHOGO_OPEN_TREE_ATTR 467
#define SHOGO_FILE_SETATTR 469

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
// Arguments have 64 bits, of which the lower 32 lie first and say all about a process, a command or flags.
#define LOAD_ARGUMENT(index) LOAD(args[index])
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define ANSWER(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define REFUSE ANSWER(EPERM)
#define REFUSE_CALL(number) SKIP_UNLESS(number, 1), REFUSE
#define REFUSE_OTHER_PROCESS(number) SKIP_UNLESS(number, 4), LOAD_ARGUMENT(0), SKIP_UNLESS((uint32_t)getpid(), 1), ALLOW, REFUSE
// Limits name this process by 0 as well.
#define REFUSE_LIMITS_OF_OTHERS(number)                                                                                          \
    SKIP_UNLESS(number, 6), LOAD_ARGUMENT(0), SKIP_UNLESS(0, 1), ALLOW, SKIP_UNLESS((uint32_t)getpid(), 1), ALLOW, REFUSE
// Truncating what was opened for reading, or for neither, is no writing to an old Landlock.
#define REFUSE_TRUNCATING(number, flags)                                                                                         \
    SKIP_UNLESS(number, 7), LOAD_ARGUMENT(flags), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_TRUNC | O_ACCMODE),                      \
        SKIP_UNLESS(O_TRUNC | O_RDONLY, 1), REFUSE, SKIP_UNLESS(O_TRUNC | O_ACCMODE, 1), REFUSE, ALLOW
// Duplicates, flags and locks (0 to 7, 36 to 38); not owners and signals, leases and watches, by which the kernel speaks to others.
#define REFUSE_OTHER_COMMANDS(number)                                                                                            \
    SKIP_UNLESS(number, 9), LOAD_ARGUMENT(1), BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, F_SETLKW, 1, 0), ALLOW,                        \
        SKIP_UNLESS(F_DUPFD_CLOEXEC, 1), ALLOW, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, F_OFD_GETLK, 0, 2),                          \
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, F_OFD_SETLKW, 1, 0), ALLOW, REFUSE
// A thread of this process, in the name spaces of this process.
#define REFUSE_ALL_BUT_THREADS(number)                                                                                           \
    SKIP_UNLESS(number, 5), LOAD_ARGUMENT(0), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, CLONE_THREAD | NEW_NAME_SPACES),               \
        SKIP_UNLESS(CLONE_THREAD, 1), ALLOW, REFUSE
#define NEW_NAME_SPACES                                                                                                          \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

int shogo_sandbox_forbid_calls(bool everywhere) {
#ifdef SHOGO_ARCHITECTURE
    struct sock_filter filter[] = {
        // A call by another table of numbers (32 bits) could mean anything: refuse it.
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SHOGO_ARCHITECTURE, 1, 0), REFUSE,
        LOAD(nr),
#ifdef __x86_64__
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), REFUSE,  // x32, the same
        REFUSE_CALL(SYS_chmod), REFUSE_CALL(SYS_chown), REFUSE_CALL(SYS_lchown),
        REFUSE_CALL(SYS_utime), REFUSE_CALL(SYS_utimes), REFUSE_CALL(SYS_futimesat),
        REFUSE_TRUNCATING(SYS_open, 1),
        REFUSE_CALL(SYS_link), REFUSE_CALL(SYS_symlink), REFUSE_CALL(SYS_mknod),
        REFUSE_CALL(SYS_fork), REFUSE_CALL(SYS_vfork),
#endif
        // Out of this process.
        REFUSE_CALL(SYS_socket), REFUSE_CALL(SYS_socketpair), REFUSE_CALL(SYS_execve), REFUSE_CALL(SYS_execveat),
        REFUSE_ALL_BUT_THREADS(SYS_clone),
        SKIP_UNLESS(SYS_clone3, 1), ANSWER(ENOSYS),  // its flags lie in memory; without it threads are started by clone
        REFUSE_CALL(SYS_ptrace), REFUSE_CALL(SYS_process_vm_readv), REFUSE_CALL(SYS_process_vm_writev), REFUSE_CALL(SYS_pidfd_getfd),
        REFUSE_OTHER_PROCESS(SYS_kill), REFUSE_OTHER_PROCESS(SYS_tgkill), REFUSE_CALL(SYS_tkill), REFUSE_CALL(SYS_pidfd_send_signal),
        REFUSE_CALL(SYS_rt_sigqueueinfo), REFUSE_CALL(SYS_rt_tgsigqueueinfo),
        REFUSE_CALL(SYS_pidfd_open), REFUSE_CALL(SYS_process_madvise), REFUSE_CALL(SYS_process_mrelease), REFUSE_CALL(SYS_kcmp),
        REFUSE_CALL(SYS_move_pages), REFUSE_CALL(SYS_migrate_pages), REFUSE_CALL(SYS_perf_event_open),
        REFUSE_OTHER_COMMANDS(SYS_fcntl), REFUSE_LIMITS_OF_OTHERS(SYS_prlimit64), REFUSE_CALL(SYS_setpriority), REFUSE_CALL(SYS_ioprio_set),
        REFUSE_CALL(SYS_sched_setaffinity), REFUSE_CALL(SYS_sched_setscheduler), REFUSE_CALL(SYS_sched_setparam), REFUSE_CALL(SYS_sched_setattr),
        REFUSE_CALL(SYS_shmget), REFUSE_CALL(SYS_shmat), REFUSE_CALL(SYS_shmctl),
        REFUSE_CALL(SYS_msgget), REFUSE_CALL(SYS_msgsnd), REFUSE_CALL(SYS_msgrcv), REFUSE_CALL(SYS_msgctl),
        REFUSE_CALL(SYS_semget), REFUSE_CALL(SYS_semop), REFUSE_CALL(SYS_semtimedop), REFUSE_CALL(SYS_semctl),
        REFUSE_CALL(SYS_mq_open), REFUSE_CALL(SYS_mq_unlink),
        REFUSE_CALL(SYS_add_key), REFUSE_CALL(SYS_request_key), REFUSE_CALL(SYS_keyctl),
        // Into other name spaces and views of the files, for those who may.
        REFUSE_CALL(SYS_setns), REFUSE_CALL(SYS_unshare), REFUSE_CALL(SYS_chroot), REFUSE_CALL(SYS_pivot_root),
        REFUSE_CALL(SYS_mount), REFUSE_CALL(SYS_umount2), REFUSE_CALL(SYS_open_tree), REFUSE_CALL(SHOGO_OPEN_TREE_ATTR), REFUSE_CALL(SYS_move_mount),
        REFUSE_CALL(SYS_fsopen), REFUSE_CALL(SYS_fspick), REFUSE_CALL(SYS_fsmount), REFUSE_CALL(SYS_mount_setattr),
        REFUSE_CALL(SYS_name_to_handle_at), REFUSE_CALL(SYS_open_by_handle_at),
        // Into the kernel.
        REFUSE_CALL(SYS_bpf), REFUSE_CALL(SYS_userfaultfd),
        // Links, fifos, sockets and devices; renameat2 makes a device of what it moves away (RENAME_WHITEOUT).
        REFUSE_CALL(SYS_linkat), REFUSE_CALL(SYS_symlinkat), REFUSE_CALL(SYS_mknodat), REFUSE_CALL(SYS_renameat2),
        // It does of all this what it is asked to, unseen by this filter.
        REFUSE_CALL(SYS_io_uring_setup),
        // To terminals (TIOCSTI types), and attributes of files that were opened for reading.
        REFUSE_CALL(SYS_ioctl),
        // What Landlock leaves open: files are changed without being written to.
        REFUSE_CALL(SYS_truncate), REFUSE_TRUNCATING(SYS_openat, 2), REFUSE_CALL(SYS_openat2),
        REFUSE_CALL(SYS_fchmod), REFUSE_CALL(SYS_fchmodat), REFUSE_CALL(SHOGO_FCHMODAT2), REFUSE_CALL(SYS_fchown), REFUSE_CALL(SYS_fchownat),
        REFUSE_CALL(SYS_utimensat),
        REFUSE_CALL(SYS_setxattr), REFUSE_CALL(SYS_lsetxattr), REFUSE_CALL(SYS_fsetxattr), REFUSE_CALL(SHOGO_SETXATTRAT),
        REFUSE_CALL(SYS_removexattr), REFUSE_CALL(SYS_lremovexattr), REFUSE_CALL(SYS_fremovexattr), REFUSE_CALL(SHOGO_REMOVEXATTRAT),
        REFUSE_CALL(SHOGO_FILE_SETATTR),
        ALLOW,
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    long status = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, everywhere ? SECCOMP_FILTER_FLAG_TSYNC : 0, &program);
    return status == 0 ? 0 : status > 0 ? ESRCH : errno;
#else
    return ENOSYS;
#endif
}
