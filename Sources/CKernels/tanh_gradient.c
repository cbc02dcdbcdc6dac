// d: count values, changed in place; y: count values
#include "CKernels.h"
#include "clones.h"

CLONES void kernel_tanh_gradient(float *d, const float *y, size_t count) {
    for (size_t i = 0; i < count; i++) d[i] = d[i] * (1.0f - y[i] * y[i]);
}
