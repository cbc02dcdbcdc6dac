#pragma once
#include <stddef.h>
#include <stdint.h>

// Element-wise loops over floats that Swift cannot vectorise for the CPU it finds: each is compiled several times, and the
// loader picks one. Only LinearAlgebra imports them. A matrix is row-major without padding; buffers do not overlap.

// x = f(x + bias): rows x columns; bias: columns values, or NULL for none.
void kernel_logistic(float *x, const float *bias, size_t rows, size_t columns);
void kernel_tanh(float *x, const float *bias, size_t rows, size_t columns);
void kernel_rectifier(float *x, const float *bias, size_t rows, size_t columns);
void kernel_add_bias(float *x, const float *bias, size_t rows, size_t columns);

// d = d * f'(x), told from y = f(x): count values.
void kernel_logistic_gradient(float *d, const float *y, size_t count);
void kernel_tanh_gradient(float *d, const float *y, size_t count);
void kernel_rectifier_gradient(float *d, const float *y, size_t count);

// x = e^x: count values.
void kernel_exp(float *x, size_t count);
// Each row of x becomes total * softmax(row + bias): rows x columns; bias as above.
void kernel_softmax(float *x, const float *bias, size_t rows, size_t columns, float total);
// sums = alpha * (sum over rows of x) + beta * sums: columns values.
void kernel_column_sums(float *sums, const float *x, size_t rows, size_t columns, float alpha, float beta);
// out = alpha * (a - b) + beta * out: count values; out is not read when beta is 0.
void kernel_difference(float *out, const float *a, const float *b, size_t count, float alpha, float beta);

// out[j] = sum over k of (a[k] - b[j][k])^2 / (a[k] + b[j][k]): one row a, rows x columns b; nothing is negative.
void kernel_chi_squared(float *out, const float *a, const float *b, size_t rows, size_t columns);

// d += decay * w, then w -= rate * d: count values.
void kernel_momentum_step(float *w, float *d, size_t count, float decay, float rate);
// One AdamW step; size and correction hold the bias corrections, decay is already times the rate and goes towards origin (NULL: 0):
// count values.
void kernel_adamw_step(float *w, float *first, float *second, const float *gradient, const float *origin, size_t count,
                       float beta1, float beta2, float size, float correction, float epsilon, float decay);

// x[i] = 1 with probability p[i], else 0, by the random number of (key, i): count values, count < 2^32.
void kernel_bernoulli(float *x, const float *p, size_t count, uint64_t key);

// The bits of the widest vectors that this CPU computes with, as far as algebra libraries make use of them: 512, 256 or 128.
int kernel_vector_bits(void);
