#pragma once
#include <stdint.h>
#include <string.h>

// e^x without branches, so that loops over it become vector code: x clamped to -87...88, relative error below 3e-7
// (Cephes expf: x = n ln 2 + r, a polynomial in r, n into the exponent).
static inline float fast_exp(float x) {
    x = x > 88.0f ? 88.0f : x;
    x = x < -87.0f ? -87.0f : x;
    // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
    float shifted = x * 1.44269504f + 12582912.0f;
    float n = shifted - 12582912.0f;
    float r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    uint32_t bits;
    memcpy(&bits, &shifted, 4);
    bits = (bits << 23) + 0x3f800000u;
    float scale;
    memcpy(&scale, &bits, 4);
    return p * scale;
}

// 1 / (1 + e^-x), absolute error below 2e-7.
static inline float fast_logistic(float x) { return 1.0f / (1.0f + fast_exp(-x)); }
