// one row a against rows of b: out[j] = sum (a - b)^2 / (a + b), 0 / 0 counting as 0
#include "CKernels.h"
#include "clones.h"
#include <float.h>

// Sixteen partial results keep one order of summation on every CPU.
enum { LANES = 16 };

CLONES void kernel_chi_squared(float *out, const float *a, const float *b, size_t rows, size_t columns) {
    size_t whole = columns / LANES * LANES;
    for (size_t row = 0; row < rows; row++) {
        const float *y = b + row * columns;
        float sums[LANES] = {0}, sum = 0.0f;
        for (size_t i = 0; i < whole; i += LANES)
            for (size_t k = 0; k < LANES; k++) {
                float difference = a[i + k] - y[i + k];
                sums[k] += difference * difference / (a[i + k] + y[i + k] + FLT_MIN);
            }
        for (size_t k = 0; k < LANES; k++) sum += sums[k];
        for (size_t i = whole; i < columns; i++) {
            float difference = a[i] - y[i];
            sum += difference * difference / (a[i] + y[i] + FLT_MIN);
        }
        out[row] = sum;
    }
}
