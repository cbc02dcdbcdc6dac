// x: rows x columns, row-major, changed in place; bias: columns values
#include "CKernels.h"
#include "clones.h"

CLONES void kernel_add_bias(float *x, const float *bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *y = x + row * columns;
        for (size_t i = 0; i < columns; i++) y[i] += bias[i];
    }
}
