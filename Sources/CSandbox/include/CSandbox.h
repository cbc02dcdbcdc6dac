#pragma once

// What Linux offers an unprivileged process to give up rights for good (landlock(7), seccomp(2)); Swift cannot call either by itself.

/// From now on this thread, and every thread it starts, may create, change and remove files below `folder` only, and run no program.
/// Reading stays as it was. Returns 0, or an errno: ENOSYS means that there is no Landlock here.
int shogo_sandbox_write_only_below(const char *folder);

/// From now on no thread of this process opens a socket, runs a program or traces another: such calls fail with EPERM.
/// Returns 0, or an errno: ENOSYS, EINVAL and EPERM mean that there are no seccomp filters here.
int shogo_sandbox_forbid_sockets(void);
