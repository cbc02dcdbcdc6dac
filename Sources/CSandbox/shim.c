#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Later than the kernel headers of Debian 12: refer (ABI 2) and truncate (ABI 3).
#define SHOGO_ACCESS_REFER (1ULL << 13)
#define SHOGO_ACCESS_TRUNCATE (1ULL << 14)

static const uint64_t creating =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

static int allow(int ruleset, const char *path, uint64_t rights) {
    struct landlock_path_beneath_attr below = {.allowed_access = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (below.parent_fd < 0) return errno;
    int status = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0 ? 0 : errno;
    close(below.parent_fd);
    return status;
}

int shogo_sandbox_write_only_below(const char *folder) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 0) return ENOSYS;  // containers answer EPERM to calls that their filter does not know
    uint64_t rights = creating;
    if (version >= 2) rights |= SHOGO_ACCESS_REFER;
    if (version >= 3) rights |= SHOGO_ACCESS_TRUNCATE;
    struct landlock_ruleset_attr rules = {.handled_access_fs = rights};
    // Older headers know one field; the kernel takes the size for what it is.
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0);
    if (ruleset < 0) return errno;
    int status = allow(ruleset, folder, rights);
    // Libraries throw their remarks away there.
    if (status == 0) status = allow(ruleset, "/dev/null", rights & (LANDLOCK_ACCESS_FS_WRITE_FILE | SHOGO_ACCESS_TRUNCATE));
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
#define SHOGO_FILE_SETATTR 469

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
// Arguments have 64 bits, of which the lower 32 lie first and say all about a process or flags.
#define LOAD_ARGUMENT(index) LOAD(args[index])
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define REFUSE_CALL(number) SKIP_UNLESS(number, 1), REFUSE
#define REFUSE_OTHER_PROCESS(number) SKIP_UNLESS(number, 4), LOAD_ARGUMENT(0), SKIP_UNLESS((uint32_t)getpid(), 1), ALLOW, REFUSE
// Truncating what was opened for reading, or for neither, is no writing to an old Landlock.
#define REFUSE_TRUNCATING(number, flags)                                                                                         \
    SKIP_UNLESS(number, 7), LOAD_ARGUMENT(flags), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_TRUNC | O_ACCMODE),                      \
        SKIP_UNLESS(O_TRUNC | O_RDONLY, 1), REFUSE, SKIP_UNLESS(O_TRUNC | O_ACCMODE, 1), REFUSE, ALLOW

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
#endif
        // Out of this process.
        REFUSE_CALL(SYS_socket), REFUSE_CALL(SYS_execve), REFUSE_CALL(SYS_execveat),
        REFUSE_CALL(SYS_ptrace), REFUSE_CALL(SYS_process_vm_readv), REFUSE_CALL(SYS_process_vm_writev), REFUSE_CALL(SYS_pidfd_getfd),
        REFUSE_OTHER_PROCESS(SYS_kill), REFUSE_OTHER_PROCESS(SYS_tgkill), REFUSE_CALL(SYS_tkill), REFUSE_CALL(SYS_pidfd_send_signal),
        REFUSE_CALL(SYS_rt_sigqueueinfo), REFUSE_CALL(SYS_rt_tgsigqueueinfo),
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
