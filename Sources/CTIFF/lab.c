#include "handle.h"

#include <math.h>
#include <string.h>

// L*a*b* for the D50 white of the TIFF, ICC and ITU-T T.42 specifications, to sRGB for its D65 white.

static double stored(const uint8_t *at, int wide) {
    uint16_t value = *at;
    if (wide) memcpy(&value, at, sizeof value);
    return value;
}

static double inverse_f(double t) { return t > 6.0 / 29 ? t * t * t : 3 * (6.0 / 29) * (6.0 / 29) * (t - 4.0 / 29); }

/// The sRGB transfer curve.
static uint8_t encoded(double linear) {
    if (!(linear > 0)) return 0;
    const double level = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
    return level >= 1 ? 255 : (uint8_t)(level * 255 + 0.5);
}

void shogo_lab_row(const shogo_tiff_page *page, const uint8_t *const at[], size_t step, uint8_t *out) {
    const int wide = page->bits == 16;
    const double unit = wide ? 256 : 1;
    // From XYZ under D50 to linear sRGB: Bradford adaptation and the sRGB primaries in one.
    static const double matrix[3][3] = {{3.1338561, -1.6168667, -0.4906146}, {-0.9787684, 1.9161415, 0.0334540}, {0.0719453, -0.2289914, 1.4052427}};
    for (size_t x = 0; x < page->width; x++, out += 3) {
        const size_t offset = x * step;
        double l = stored(at[0] + offset, wide), a = stored(at[1] + offset, wide), b = stored(at[2] + offset, wide);
        if (page->photometric == PHOTOMETRIC_CIELAB) {
            l *= 100 / (wide ? 65535.0 : 255.0);
            a = (a >= 128 * unit ? a - 256 * unit : a) / unit;
            b = (b >= 128 * unit ? b - 256 * unit : b) / unit;
        } else if (page->photometric == PHOTOMETRIC_ICCLAB) {
            l *= 100 / (wide ? 65280.0 : 255.0);
            a = a / unit - 128;
            b = b / unit - 128;
        } else {
            const double top = wide ? 65535 : 255;
            l *= 100 / top;
            a = a / top * 170 - 128 * 170 / 255.0;
            b = b / top * 200 - 96 * 200 / 255.0;
        }
        const double fy = (l + 16) / 116;
        const double xyz[3] = {0.96422 * inverse_f(fy + a / 500), inverse_f(fy), 0.82521 * inverse_f(fy - b / 200)};
        for (int c = 0; c < 3; c++) out[c] = encoded(matrix[c][0] * xyz[0] + matrix[c][1] * xyz[1] + matrix[c][2] * xyz[2]);
    }
}
