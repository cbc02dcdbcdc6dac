// sums: columns values, changed in place; x: rows x columns, row-major
#include "CKernels.h"
#include "clones.h"

CLONES void kernel_column_sums(float *sums, const float *x, size_t rows, size_t columns, float alpha, float beta) {
    for (size_t i = 0; i < columns; i++) sums[i] = beta == 0.0f ? 0.0f : beta * sums[i];
    for (size_t row = 0; row < rows; row++) {
        const float *y = x + row * columns;
        for (size_t i = 0; i < columns; i++) sums[i] += alpha * y[i];
    }
}
