#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>  // the numbers of the calls, for the tests

// What Linux offers an unprivileged process to give up rights for good (landlock(7), seccomp(2)); Swift cannot call either by itself.

/// What may be done at a place that is left to a process.
enum shogo_may {
    /// Write to this file.
    SHOGO_MAY_REWRITE,
    /// Remove files below this folder.
    SHOGO_MAY_REMOVE,
    /// Make folders and files below this folder, write to files, rename them within their folder, and remove them.
    SHOGO_MAY_MAKE,
};

/// A file or folder that is open (O_PATH is enough), and what may be done there.
struct shogo_place {
    int descriptor;
    enum shogo_may may;
};

/// From now on this thread, every thread it starts, and the program it executes may do to files what the `count` places allow, and write
/// to /dev/null; nothing else is made, written to, renamed or removed, and no link, fifo, socket or device is made anywhere. Reading stays
/// as it was. Returns 0, or an errno: ENOSYS means that there is no Landlock here.
int shogo_sandbox_write_only_at(const struct shogo_place *places, size_t count);

/// From now on this thread, or every thread of this process, opens no socket, runs no program, starts no process, reaches into no other
/// process, makes nothing but files and folders, and changes no file but by writing to it (no mode, owner, time or attribute): such calls
/// fail with EPERM. Returns 0, or an errno: ENOSYS, EINVAL and EPERM mean that there are no seccomp filters here.
int shogo_sandbox_forbid_calls(bool everywhere);
