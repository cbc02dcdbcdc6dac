// w, first, second: count values, changed in place; gradient, origin: count values
#include "CKernels.h"
#include "clones.h"

// What one number moves, without the decay.
static inline __attribute__((always_inline)) float move(float *first, float *second, float g, float beta1, float beta2, float size,
                                                        float correction, float epsilon) {
    float m = beta1 * *first + (1.0f - beta1) * g;
    float v = beta2 * *second + (1.0f - beta2) * g * g;
    *first = m;
    *second = v;
    return size * m / (__builtin_elementwise_sqrt(v * correction) + epsilon);
}

CLONES void kernel_adamw_step(float *w, float *first, float *second, const float *gradient, const float *origin, size_t count,
                              float beta1, float beta2, float size, float correction, float epsilon, float decay) {
    if (origin) {
        for (size_t i = 0; i < count; i++)
            w[i] -= move(first + i, second + i, gradient[i], beta1, beta2, size, correction, epsilon) + decay * (w[i] - origin[i]);
    } else {
        for (size_t i = 0; i < count; i++)
            w[i] -= move(first + i, second + i, gradient[i], beta1, beta2, size, correction, epsilon) + decay * w[i];
    }
}
