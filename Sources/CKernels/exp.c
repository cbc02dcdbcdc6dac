// x: count values, changed in place
#include "CKernels.h"
#include "clones.h"
#include "fast_exp.h"

CLONES void kernel_exp(float *x, size_t count) {
    for (size_t i = 0; i < count; i++) x[i] = fast_exp(x[i]);
}
