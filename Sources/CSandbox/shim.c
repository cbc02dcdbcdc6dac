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

int shogo_sandbox_write_only_below(const char *folder) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 0) return ENOSYS;  // containers answer EPERM to calls that their filter does not know
    uint64_t rights = creating;
    if (version >= 2) rights |= SHOGO_ACCESS_REFER;
    if (version >= 3) rights |= SHOGO_ACCESS_TRUNCATE;
    struct landlock_ruleset_attr rules = {.handled_access_fs = rights | LANDLOCK_ACCESS_FS_EXECUTE};
    // Older headers know one field; the kernel takes the size for what it is.
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0);
    if (ruleset < 0) return errno;
    int status = 0;
    struct landlock_path_beneath_attr below = {.allowed_access = rights, .parent_fd = open(folder, O_PATH | O_CLOEXEC)};
    if (below.parent_fd < 0 || syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        status = errno;
    if (below.parent_fd >= 0) close(below.parent_fd);
    close(ruleset);
    return status;
}

#if defined(__x86_64__)
#define SHOGO_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SHOGO_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define REFUSE_CALL(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), REFUSE

int shogo_sandbox_forbid_sockets(void) {
#ifdef SHOGO_ARCHITECTURE
    struct sock_filter filter[] = {
        // A call by another table of numbers (32 bits) could mean anything: refuse it.
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SHOGO_ARCHITECTURE, 1, 0), REFUSE,
        LOAD(nr),
#ifdef __x86_64__
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), REFUSE,  // x32, the same
#endif
        REFUSE_CALL(SYS_socket), REFUSE_CALL(SYS_execve), REFUSE_CALL(SYS_execveat), REFUSE_CALL(SYS_ptrace),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    long status = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    return status == 0 ? 0 : status > 0 ? ESRCH : errno;
#else
    return ENOSYS;
#endif
}
