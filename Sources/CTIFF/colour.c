#include "handle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Which colour model a page has, and its samples as grey or RGB over white paper.

static int begin_palette(shogo_tiff *handle) {
    struct colour *colour = &handle->colour;
    uint16_t *map[3];
    if (handle->page.bits > 16 || handle->page.format != SAMPLEFORMAT_UINT
        || !TIFFGetField(handle->source.tiff, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]))
        return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its palette is missing or not usable");
    colour->entries = 1u << handle->page.bits;
    colour->palette = malloc((size_t)colour->entries * 3);
    if (!colour->palette) return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    int wide = 0;  // some writers store 8-bit values
    for (int c = 0; c < 3; c++)
        for (unsigned i = 0; i < colour->entries; i++) wide |= map[c][i] > 255;
    for (int c = 0; c < 3; c++)
        for (unsigned i = 0; i < colour->entries; i++)
            colour->palette[3 * i + (unsigned)c] = (uint8_t)(wide ? map[c][i] >> 8 : map[c][i]);
    return SHOGO_TIFF_OK;
}

static int begin_ycc(shogo_tiff *handle) {
    struct colour *colour = &handle->colour;
    uint16_t across = 2, down = 2;
    TIFFGetFieldDefaulted(handle->source.tiff, TIFFTAG_YCBCRSUBSAMPLING, &across, &down);
    if (across != 1 || down != 1) {
        if (handle->page.planar != PLANARCONFIG_CONTIG)
            return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "its chroma planes are smaller than its luma plane");
        colour->model = MODEL_BANDS;
        return SHOGO_TIFF_OK;
    }
    // ITU-R BT.601 unless the file states other numbers that can be used.
    const float luma[3] = {0.299f, 0.587f, 0.114f}, range[6] = {0, 255, 128, 255, 128, 255};
    memcpy(colour->luma, luma, sizeof luma);
    memcpy(colour->range, range, sizeof range);
    float *stated = NULL;
    if (TIFFGetField(handle->source.tiff, TIFFTAG_YCBCRCOEFFICIENTS, &stated) && stated && isfinite(stated[0]) && isfinite(stated[2])
        && isfinite(stated[1]) && stated[1] > 0.01f)
        memcpy(colour->luma, stated, sizeof luma);
    if (handle->page.bits == 8 && TIFFGetField(handle->source.tiff, TIFFTAG_REFERENCEBLACKWHITE, &stated) && stated) {
        int usable = 1;
        for (int i = 0; i < 6; i += 2) usable &= isfinite(stated[i]) && isfinite(stated[i + 1]) && stated[i + 1] - stated[i] >= 1;
        if (usable) memcpy(colour->range, stated, sizeof range);
    }
    return SHOGO_TIFF_OK;
}

/// The model of the page's photometric interpretation, before its details are checked; -1 = none that we read.
static int model_of(const shogo_tiff *handle) {
    const shogo_tiff_page *page = &handle->page;
    const int jpeg = page->compression == COMPRESSION_JPEG, contiguous = page->planar == PLANARCONFIG_CONTIG;
    if (page->compression == COMPRESSION_OJPEG) return MODEL_BANDS;
    switch (page->photometric) {
        case PHOTOMETRIC_MINISWHITE:
        case PHOTOMETRIC_MINISBLACK:
        case PHOTOMETRIC_MASK: return MODEL_GREY;
        case PHOTOMETRIC_PALETTE: return MODEL_PALETTE;
        case PHOTOMETRIC_RGB: return MODEL_RGB;
        case PHOTOMETRIC_SEPARATED:
            return shogo_short_field(handle->source.tiff, TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK ? MODEL_CMYK : -1;
        case PHOTOMETRIC_YCBCR: return jpeg && contiguous ? MODEL_RGB : MODEL_YCC;
        case PHOTOMETRIC_CIELAB:
        case PHOTOMETRIC_ICCLAB:
        case PHOTOMETRIC_ITULAB: return (page->bits == 8 || page->bits == 16) && page->format != SAMPLEFORMAT_IEEEFP ? MODEL_LAB : -1;
        // After SGILOGDATAFMT_8BIT.
        case PHOTOMETRIC_LOGL: return page->bits == 8 ? MODEL_GREY : -1;
        case PHOTOMETRIC_LOGLUV: return page->bits == 8 ? MODEL_RGB : -1;
        default: return -1;
    }
}

/// Finds the first extra sample that means alpha; samples of no stated meaning are ignored.
static void find_alpha(shogo_tiff *handle) {
    uint16_t count = 0, *kinds = NULL;
    TIFFGetFieldDefaulted(handle->source.tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds);
    for (int i = 0; kinds && i < count; i++) {
        const int sample = handle->page.samples - count + i;
        if (sample < handle->colour.samples || kinds[i] == EXTRASAMPLE_UNSPECIFIED) continue;
        handle->colour.alpha = sample;
        handle->colour.associated = kinds[i] == EXTRASAMPLE_ASSOCALPHA;
        return;
    }
}

int shogo_colour_begin(shogo_tiff *handle) {
    struct colour *colour = &handle->colour;
    const int model = model_of(handle);
    if (model < 0) return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "its colour model is not known");
    *colour = (struct colour){.model = (enum colour_model)model};
    colour->inverted = handle->page.photometric == PHOTOMETRIC_MINISWHITE;
    // Three inks are C, M and Y.
    colour->samples = model == MODEL_GREY || model == MODEL_PALETTE ? 1 : model == MODEL_CMYK && handle->page.samples >= 4 ? 4 : 3;
    if (model == MODEL_BANDS) return SHOGO_TIFF_OK;
    if (handle->page.samples < colour->samples) return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its pixels have too few samples");
    find_alpha(handle);
    return model == MODEL_PALETTE ? begin_palette(handle) : model == MODEL_YCC ? begin_ycc(handle) : SHOGO_TIFF_OK;
}

void shogo_colour_end(struct colour *colour) {
    free(colour->palette);
    memset(colour, 0, sizeof *colour);
}

static uint8_t level(float value) { return value <= 0 ? 0 : value >= 255 ? 255 : (uint8_t)(value + 0.5f); }

static void ycc_row(const struct colour *colour, const uint8_t *const at[], size_t step, size_t width, uint8_t *out) {
    const float *luma = colour->luma, *range = colour->range;
    const float scale[3] = {255 / (range[1] - range[0]), 127 / (range[3] - range[2]), 127 / (range[5] - range[4])};
    for (size_t x = 0; x < width; x++, out += 3) {
        const float y = ((float)at[0][x * step] - range[0]) * scale[0], cb = ((float)at[1][x * step] - range[2]) * scale[1],
                    cr = ((float)at[2][x * step] - range[4]) * scale[2];
        const float red = y + cr * (2 - 2 * luma[0]), blue = y + cb * (2 - 2 * luma[2]);
        out[0] = level(red);
        out[1] = level((y - luma[0] * red - luma[2] * blue) / luma[1]);
        out[2] = level(blue);
    }
}

void shogo_colour_row(const struct colour *colour, const uint8_t *const at[], size_t step, size_t width, uint8_t *out) {
    switch (colour->model) {
        case MODEL_GREY: {
            const uint8_t flip = colour->inverted ? 255 : 0;
            for (size_t x = 0; x < width; x++) out[x] = at[0][x * step] ^ flip;
            return;
        }
        case MODEL_RGB:
            if (step == 3 && at[1] == at[0] + 1) {
                memcpy(out, at[0], width * 3);
                return;
            }
            for (size_t x = 0; x < width; x++)
                for (size_t c = 0; c < 3; c++) out[3 * x + c] = at[c][x * step];
            return;
        case MODEL_CMYK:
            for (size_t x = 0; x < width; x++) {
                const unsigned light = colour->samples > 3 ? 255u - at[3][x * step] : 255u;
                for (size_t c = 0; c < 3; c++) out[3 * x + c] = (uint8_t)(((255u - at[c][x * step]) * light + 127) / 255);
            }
            return;
        case MODEL_YCC: ycc_row(colour, at, step, width, out); return;
        default: return;
    }
}

void shogo_colour_compose(int channels, int associated, const uint8_t *alpha, size_t step, size_t width, uint8_t *out) {
    for (size_t x = 0; x < width; x++) {
        const unsigned opacity = alpha[x * step], paper = 255u - opacity;
        for (int c = 0; c < channels; c++, out++) {
            const unsigned sum = associated ? *out + paper : (*out * opacity + 255u * paper + 127) / 255;
            *out = (uint8_t)(sum > 255 ? 255 : sum);
        }
    }
}
