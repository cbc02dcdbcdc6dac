#pragma once

#include <stdbool.h>
#include <stddef.h>

// A page of a mapped file that cannot be read (the file became shorter, a sector is bad, a share is gone) is a SIGBUS, which ends the
// process. For mappings that are watched it is not: they read as zeros from that page on, and are broken.

typedef struct shogo_mapping shogo_mapping;

/// Watches the mapping of `count` bytes at `start`, a read-only one made by mmap(2). NULL when there is no memory or no signal handler.
/// Safe from any thread; the first call of the process installs the handler. Other SIGBUS go where they went before.
shogo_mapping *shogo_mapping_watch(void *start, size_t count);

/// Whether a page could not be read since: then zeros were read in place of it and of all that follow it.
bool shogo_mapping_is_broken(const shogo_mapping *mapping);

/// Unmaps it, and ends the watch.
void shogo_mapping_unmap(shogo_mapping *mapping);
