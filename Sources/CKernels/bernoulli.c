// x: count values, written; p: count values
#include "CKernels.h"
#include "clones.h"

// An integer hash with little bias (Wellons 2018, lowbias32): 32-bit steps, which vector units have.
static inline uint32_t mixed(uint32_t h) {
    h = (h ^ (h >> 16)) * 0x7feb352du;
    h = (h ^ (h >> 15)) * 0x846ca68bu;
    return h ^ (h >> 16);
}

CLONES void kernel_bernoulli(float *x, const float *p, size_t count, uint64_t key) {
    uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32);
    for (size_t i = 0; i < count; i++) {
        uint32_t random = mixed(mixed((uint32_t)i ^ low) + high);
        float uniform = (float)(int32_t)(random >> 8) * 0x1p-24f;
        x[i] = uniform < p[i] ? 1.0f : 0.0f;
    }
}
