#include "handle.h"

#include <math.h>
#include <string.h>

// Packed samples of any depth as 8 bits. libtiff hands out samples of 8, 16, 24, 32 and 64 bits in the byte order of the host;
// all other depths are a stream of bits, the highest first.

int shogo_samples_begin(shogo_tiff *handle) {
    const shogo_tiff_page *page = &handle->page;
    struct sample_kind *kind = &handle->kind;
    *kind = (struct sample_kind){.bits = page->bits};
    switch (page->format) {
        case SAMPLEFORMAT_UINT:
        case SAMPLEFORMAT_VOID: break;
        // Amounts of ink cannot be negative: there the format is a slip of the writer.
        case SAMPLEFORMAT_INT: kind->is_signed = handle->colour.model != MODEL_CMYK; break;
        case SAMPLEFORMAT_IEEEFP: kind->real = 1; break;
        default: return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "its samples are complex numbers");
    }
    const unsigned bits = page->bits;
    const int whole = (bits >= 1 && bits <= 32) || bits == 64, real = bits == 16 || bits == 24 || bits == 32 || bits == 64;
    if (kind->real ? !real : !whole || (kind->is_signed && bits < 2))
        return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "its samples have an unusual number of bits");
    // The least and greatest value of signed and real samples, where the file states them. (For plain integers the tag is
    // often wrong, and other programs do not heed it.)
    TIFF *tiff = handle->source.tiff;
    if ((kind->real || kind->is_signed) && TIFFGetField(tiff, TIFFTAG_SMINSAMPLEVALUE, &kind->low)
        && TIFFGetField(tiff, TIFFTAG_SMAXSAMPLEVALUE, &kind->high))
        kind->ranged = isfinite(kind->low) && isfinite(kind->high) && kind->low < kind->high;
    if (kind->real && !kind->ranged) {
        kind->low = INFINITY;
        kind->high = -INFINITY;
    }
    // Not a number is black, also where 0 is white.
    kind->not_a_number = handle->colour.inverted || handle->colour.model == MODEL_CMYK ? 255 : 0;
    return SHOGO_TIFF_OK;
}

static uint64_t bits_at(const uint8_t *line, uint64_t at, unsigned bits) {
    uint64_t value = 0;
    const uint64_t last = (at + bits - 1) / 8;
    for (uint64_t byte = at / 8; byte <= last; byte++) value = value << 8 | line[byte];
    return value >> (7 - (at + bits - 1) % 8) & ((1ull << bits) - 1);
}

/// The stored pattern of one sample, unsigned; of 64 bits the upper half.
static uint32_t whole_at(const struct sample_kind *kind, const uint8_t *line, size_t index) {
    uint16_t half;
    uint32_t word;
    uint64_t pair;
    switch (kind->bits) {
        case 8: return line[index];
        case 16: memcpy(&half, line + 2 * index, sizeof half); return half;
        case 24: line += 3 * index; return (uint32_t)line[0] | (uint32_t)line[1] << 8 | (uint32_t)line[2] << 16;
        case 32: memcpy(&word, line + 4 * index, sizeof word); return word;
        case 64: memcpy(&pair, line + 8 * index, sizeof pair); return (uint32_t)(pair >> 32);
        default: return (uint32_t)bits_at(line, (uint64_t)index * kind->bits, kind->bits);
    }
}

/// Floats of 16 bits (5 of exponent) and 24 bits (7 of exponent).
static double small_real(uint32_t pattern, int exponent_bits, int fraction_bits) {
    const uint32_t fraction = pattern & ((1u << fraction_bits) - 1);
    const int top = (1 << exponent_bits) - 1, exponent = (int)(pattern >> fraction_bits) & top, bias = top >> 1;
    const double sign = pattern >> (exponent_bits + fraction_bits) & 1 ? -1 : 1;
    if (exponent == top) return fraction ? NAN : sign * INFINITY;
    if (exponent == 0) return sign * ldexp(fraction, 1 - bias - fraction_bits);
    return sign * ldexp((double)(fraction | 1u << fraction_bits), exponent - bias - fraction_bits);
}

static double number_at(const struct sample_kind *kind, const uint8_t *line, size_t index) {
    if (!kind->real) {
        if (kind->bits == 64) {
            int64_t value;
            memcpy(&value, line + 8 * index, sizeof value);
            return (double)value;
        }
        const uint32_t sign = 1u << (kind->bits - 1);
        return (double)(whole_at(kind, line, index) ^ sign) - sign;
    }
    float single;
    double value;
    switch (kind->bits) {
        case 16: return small_real(whole_at(kind, line, index), 5, 10);
        case 24: return small_real(whole_at(kind, line, index), 7, 16);
        case 32: memcpy(&single, line + 4 * index, sizeof single); return single;
        default: memcpy(&value, line + 8 * index, sizeof value); return value;
    }
}

void shogo_samples_range(struct sample_kind *kind, const uint8_t *line, size_t count, size_t step, int used) {
    for (size_t i = 0; i < count; i += step)
        for (size_t k = 0; k < (size_t)used && i + k < count; k++) {
            const double value = number_at(kind, line, i + k);
            if (!isfinite(value)) continue;
            if (value < kind->low) kind->low = value;
            if (value > kind->high) kind->high = value;
        }
}

/// Real samples state no range. By custom it is 0 to 1; pictures made of integers keep the range of 8 to 16 bits that holds
/// their greatest value, as 0 to 255, 1023 or 65535; anything else (heights, temperatures) is stretched from its least to its
/// greatest value.
void shogo_samples_settle(struct sample_kind *kind) {
    const double least = kind->low, greatest = kind->high;
    kind->ranged = 1;
    kind->low = 0;
    kind->high = 1;
    if (!(least <= greatest)) return;  // no finite sample at all
    if (least >= 0 && greatest <= 65535) {
        for (int bits = 8; greatest > kind->high; bits++) kind->high = (double)((1 << bits) - 1);
    } else if (least < greatest) {
        kind->low = least;
        kind->high = greatest;
    }
}

void shogo_samples_unpack(const struct sample_kind *kind, const uint8_t *line, size_t count, uint8_t *out) {
    const unsigned bits = kind->bits;
    if (kind->ranged) {
        // Halves, so that the difference of two large numbers stays finite.
        const double low = kind->low / 2, scale = 255 / (kind->high / 2 - low);
        for (size_t i = 0; i < count; i++) {
            const double value = number_at(kind, line, i), level = (value / 2 - low) * scale + 0.5;
            out[i] = isnan(value) ? kind->not_a_number : !(level > 0) ? 0 : level >= 255 ? 255 : (uint8_t)level;
        }
        return;
    }
    const uint32_t flip = kind->is_signed ? 1u << ((bits > 32 ? 32 : bits) - 1) : 0;
    if (bits == 8) {
        for (size_t i = 0; i < count; i++) out[i] = line[i] ^ (uint8_t)flip;
    } else if (bits == 16) {
        for (size_t i = 0; i < count; i++) {
            uint16_t value;
            memcpy(&value, line + 2 * i, sizeof value);
            out[i] = (uint8_t)(((value ^ flip) + 128u) / 257u);
        }
    } else if (bits == 1 || bits == 2 || bits == 4) {
        const unsigned mask = (1u << bits) - 1, scale = 255 / mask, per_byte = 8 / bits;
        for (size_t i = 0; i < count; i++) {
            const unsigned shift = 8 - bits - (unsigned)(i % per_byte) * bits;
            out[i] = (uint8_t)((((unsigned)line[i / per_byte] >> shift & mask) ^ flip) * scale);
        }
    } else {
        const uint64_t top = (1ull << (bits > 32 ? 32 : bits)) - 1;
        for (size_t i = 0; i < count; i++) out[i] = (uint8_t)(((whole_at(kind, line, i) ^ flip) * 255ull + top / 2) / top);
    }
}

void shogo_samples_indices(const struct sample_kind *kind, const uint8_t *line, size_t count, size_t step, uint16_t *out) {
    for (size_t i = 0; i < count; i++) out[i] = (uint16_t)whole_at(kind, line, i * step);
}
