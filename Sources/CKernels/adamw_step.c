// w, first, second: count values, changed in place; gradient: count values
#include "CKernels.h"
#include "clones.h"

CLONES void kernel_adamw_step(float *w, float *first, float *second, const float *gradient, size_t count, float beta1,
                              float beta2, float size, float correction, float epsilon, float decay) {
    for (size_t i = 0; i < count; i++) {
        float g = gradient[i];
        float m = beta1 * first[i] + (1.0f - beta1) * g;
        float v = beta2 * second[i] + (1.0f - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        w[i] -= size * m / (__builtin_elementwise_sqrt(v * correction) + epsilon) + decay * w[i];
    }
}
