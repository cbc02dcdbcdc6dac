// x: rows x columns, row-major, changed in place; bias: columns values or NULL
#include "CKernels.h"
#include "clones.h"
#include "fast_exp.h"

CLONES void kernel_tanh(float *x, const float *bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *y = x + row * columns;
        if (bias) {
            for (size_t i = 0; i < columns; i++) { float v = y[i] + bias[i]; y[i] = 2.0f * fast_logistic(2.0f * v) - 1.0f; }
        } else {
            for (size_t i = 0; i < columns; i++) { float v = y[i]; y[i] = 2.0f * fast_logistic(2.0f * v) - 1.0f; }
        }
    }
}
