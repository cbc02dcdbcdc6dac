// x: rows x columns, row-major, changed in place; bias: columns values or NULL
#include "CKernels.h"
#include "clones.h"
#include "fast_exp.h"

// Sixteen partial results keep one order of summation on every CPU.
enum { LANES = 16 };

CLONES void kernel_softmax(float *x, const float *bias, size_t rows, size_t columns, float total) {
    for (size_t row = 0; row < rows; row++) {
        float *y = x + row * columns;
        if (bias) for (size_t i = 0; i < columns; i++) y[i] += bias[i];
        float top = columns ? y[0] : 0.0f, tops[LANES], sums[LANES] = {0}, sum = 0.0f;
        for (size_t k = 0; k < LANES; k++) tops[k] = top;
        size_t whole = columns / LANES * LANES;
        for (size_t i = 0; i < whole; i += LANES)
            for (size_t k = 0; k < LANES; k++) tops[k] = y[i + k] > tops[k] ? y[i + k] : tops[k];
        for (size_t k = 0; k < LANES; k++) top = tops[k] > top ? tops[k] : top;
        for (size_t i = whole; i < columns; i++) top = y[i] > top ? y[i] : top;
        for (size_t i = 0; i < columns; i++) y[i] = fast_exp(y[i] - top);
        for (size_t i = 0; i < whole; i += LANES)
            for (size_t k = 0; k < LANES; k++) sums[k] += y[i + k];
        for (size_t k = 0; k < LANES; k++) sum += sums[k];
        for (size_t i = whole; i < columns; i++) sum += y[i];
        float scale = total / sum;
        for (size_t i = 0; i < columns; i++) y[i] *= scale;
    }
}
