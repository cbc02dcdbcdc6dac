// out: count values, changed in place; a, b: count values
#include "CKernels.h"
#include "clones.h"

CLONES void kernel_difference(float *out, const float *a, const float *b, size_t count, float alpha, float beta) {
    if (beta == 0.0f) {
        for (size_t i = 0; i < count; i++) out[i] = alpha * (a[i] - b[i]);
    } else {
        for (size_t i = 0; i < count; i++) out[i] = alpha * (a[i] - b[i]) + beta * out[i];
    }
}
