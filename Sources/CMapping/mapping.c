#define _GNU_SOURCE
#include "CMapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// The handler may run at any moment, in any thread, so it takes no lock: it reads slots of atomics in chunks that are never freed.
struct shogo_mapping {
    atomic_bool taken, broken;
    /// Odd while the two below change: what was read of them meanwhile is of no use.
    atomic_uint version;
    /// Whole pages; both are 0 in a free slot.
    atomic_uintptr_t start, end;
    size_t count;
};

enum { slots = 256 };

struct chunk {
    struct shogo_mapping slot[slots];
    _Atomic(struct chunk *) next;
};

static struct chunk first;
static struct sigaction before;
static uintptr_t page_size;
static int status;

static void set(struct shogo_mapping *mapping, uintptr_t start, uintptr_t end) {
    atomic_fetch_add(&mapping->version, 1);
    atomic_store(&mapping->start, start);
    atomic_store(&mapping->end, end);
    atomic_fetch_add(&mapping->version, 1);
}

/// The mapping in which `address` lies; it cannot end meanwhile, because the thread that asks is reading it.
static struct shogo_mapping *find(uintptr_t address, uintptr_t *end) {
    for (struct chunk *chunk = &first; chunk; chunk = atomic_load(&chunk->next)) {
        for (int i = 0; i < slots; i++) {
            struct shogo_mapping *mapping = &chunk->slot[i];
            unsigned version = atomic_load(&mapping->version);
            uintptr_t from = atomic_load(&mapping->start), to = atomic_load(&mapping->end);
            if (version % 2 || atomic_load(&mapping->version) != version || address < from || address >= to) continue;
            *end = to;
            return mapping;
        }
    }
    return NULL;
}

/// Maps zeros where the file cannot be read; false when the fault is not in a watched mapping.
static bool mend(uintptr_t address) {
    uintptr_t end, page = address & ~(page_size - 1);
    struct shogo_mapping *mapping = find(address, &end);
    if (!mapping) return false;
    // Before the zeros are there, so that nobody reads them and then finds the mapping whole.
    atomic_store(&mapping->broken, true);
    return mmap((void *)page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED;
}

static void handle(int number, siginfo_t *info, void *context) {
    int error = errno;
    bool is_fault = info->si_code > 0;  // else somebody sent it
    if (is_fault && mend((uintptr_t)info->si_addr)) {
        errno = error;
        return;
    }
    if (before.sa_flags & SA_SIGINFO) {
        before.sa_sigaction(number, info, context);
    } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
        before.sa_handler(number);
    } else if (is_fault || before.sa_handler == SIG_DFL) {
        // A fault happens again after the return, and then ends the process.
        signal(number, SIG_DFL);
        if (!is_fault) raise(number);
    }
    errno = error;
}

static void install(void) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    // The handler needs to know the one before it from its first moment on.
    status = sigaction(SIGBUS, NULL, &before) != 0 || sigaction(SIGBUS, &action, NULL) != 0;
}

shogo_mapping *shogo_mapping_watch(void *start, size_t count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    if (status != 0) return NULL;
    for (struct chunk *chunk = &first;;) {
        for (int i = 0; i < slots; i++) {
            struct shogo_mapping *mapping = &chunk->slot[i];
            bool taken = false;
            if (!atomic_compare_exchange_strong(&mapping->taken, &taken, true)) continue;
            atomic_store(&mapping->broken, false);
            mapping->count = count;
            set(mapping, (uintptr_t)start, ((uintptr_t)start + count + page_size - 1) & ~(page_size - 1));
            return mapping;
        }
        struct chunk *next = atomic_load(&chunk->next);
        if (!next) {
            struct chunk *fresh = calloc(1, sizeof *fresh);
            if (!fresh) return NULL;
            // Another thread may have been faster; then `next` is its chunk.
            if (atomic_compare_exchange_strong(&chunk->next, &next, fresh)) {
                next = fresh;
            } else {
                free(fresh);
            }
        }
        chunk = next;
    }
}

bool shogo_mapping_is_broken(const shogo_mapping *mapping) { return atomic_load(&mapping->broken); }

void shogo_mapping_unmap(shogo_mapping *mapping) {
    void *start = (void *)atomic_load(&mapping->start);
    // First of all, because the system may give the addresses to somebody else at once.
    set(mapping, 0, 0);
    munmap(start, mapping->count);
    atomic_store(&mapping->taken, false);
}
