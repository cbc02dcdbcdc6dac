#pragma once

#include <stdbool.h>

// What Linux offers an unprivileged process to give up rights for good (landlock(7), seccomp(2)); Swift cannot call either by itself.

/// From now on this thread, every thread it starts, and the program it executes may create, write to and remove files below `folder`
/// only, and write to /dev/null. Reading stays as it was. Returns 0, or an errno: ENOSYS means that there is no Landlock here.
int shogo_sandbox_write_only_below(const char *folder);

/// From now on this thread, or every thread of this process, opens no socket, runs no program, reaches into no other process and changes
/// no file but by writing to it (no mode, owner, time or attribute): such calls fail with EPERM.
/// Returns 0, or an errno: ENOSYS, EINVAL and EPERM mean that there are no seccomp filters here.
int shogo_sandbox_forbid_calls(bool everywhere);
