// w, d: count values, changed in place
#include "CKernels.h"
#include "clones.h"

CLONES void kernel_momentum_step(float *w, float *d, size_t count, float decay, float rate) {
    for (size_t i = 0; i < count; i++) {
        d[i] += decay * w[i];
        w[i] -= rate * d[i];
    }
}
