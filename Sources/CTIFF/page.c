#include "handle.h"

#include <stdlib.h>
#include <string.h>

// A page from its first row to its last, and what was wrong with it.

static void end_page(shogo_tiff *handle) {
    shogo_layout_end(&handle->layout);
    shogo_colour_end(&handle->colour);
    shogo_bands_end(&handle->bands);
    free(handle->samples);
    free(handle->indices);
    handle->samples = NULL;
    handle->indices = NULL;
    handle->row = handle->missing = handle->broken = handle->repaired = handle->garbled = 0;
}

void shogo_tiff_close(shogo_tiff *handle) {
    if (!handle) return;
    end_page(handle);
    shogo_source_close(&handle->source);
    free(handle);
}

/// Real samples that state no range: one pass over the page finds it.
static void find_range(shogo_tiff *handle) {
    const struct layout *layout = &handle->layout;
    const size_t width = handle->page.width;
    for (uint32_t row = 0; row < handle->page.height && shogo_layout_row(handle, row); row++) {
        const size_t step = layout->planes > 1 ? 1 : handle->page.samples;
        const int planes = layout->planes > 1 ? handle->colour.samples : 1;
        for (int plane = 0; plane < planes; plane++)
            shogo_samples_range(&handle->kind, layout->line[plane], width * step, step, layout->planes > 1 ? 1 : handle->colour.samples);
    }
    shogo_samples_settle(&handle->kind);
    handle->errors = 0;
}

static int begin_samples(shogo_tiff *handle) {
    int code = shogo_samples_begin(handle);
    if (!code) code = shogo_layout_begin(handle);
    if (code) return code;
    const struct colour *colour = &handle->colour;
    const size_t per_pixel = handle->layout.planes > 1 ? (size_t)handle->layout.planes : handle->page.samples;
    size_t size;
    if (__builtin_mul_overflow((size_t)handle->page.width, per_pixel, &size) || size > ALLOCATION_LIMIT)
        return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "its rows need more memory than a page may use");
    handle->samples = malloc(size);
    if (colour->model == MODEL_PALETTE) handle->indices = malloc(sizeof(uint16_t) * handle->page.width);
    if (!handle->samples || (colour->model == MODEL_PALETTE && !handle->indices))
        return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    handle->row_kind = colour->model == MODEL_GREY ? SHOGO_TIFF_GREY : SHOGO_TIFF_RGB;
    if (colour->model == MODEL_GREY && handle->page.bits == 1 && handle->page.samples == 1 && !handle->kind.is_signed)
        handle->row_kind = SHOGO_TIFF_BITS;
    if (handle->kind.real && !handle->kind.ranged) find_range(handle);
    return SHOGO_TIFF_OK;
}

int shogo_tiff_begin(shogo_tiff *handle, int *row_kind) {
    end_page(handle);
    handle->errors = 0;
    int code = shogo_tiff_describe(handle, &handle->page);
    if (code) return code;
    // Each is unpacked: 65,535 of them make a page of a few thousand pixels run into the time limit.
    if (handle->page.samples > SAMPLE_LIMIT) return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "its pixels have more than 32 samples");
    const uint16_t compression = handle->page.compression;
    if (!TIFFIsCODECConfigured(compression)) return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "this compression is not known");
    if (compression == COMPRESSION_JPEG && handle->page.bits != 8)
        return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "JPEG samples of other than 8 bits");
    if (compression == COMPRESSION_PIXARLOG && (handle->page.planar != PLANARCONFIG_CONTIG || handle->page.samples < 3))
        return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, "libtiff decodes PixarLog of single samples wrongly");
    handle->deflate = compression == COMPRESSION_ADOBE_DEFLATE || compression == COMPRESSION_DEFLATE;
    handle->fax = compression == COMPRESSION_CCITTRLE || compression == COMPRESSION_CCITTRLEW
                  || compression == COMPRESSION_CCITTFAX3 || compression == COMPRESSION_CCITTFAX4;
    shogo_layout_convert(handle, handle->source.tiff);
    // The conversion may have changed the depth.
    code = shogo_tiff_describe(handle, &handle->page);
    handle->errors = 0;
    if (!code) code = shogo_colour_begin(handle);
    if (code) return code;
    // The one plane that is wanted is read as a page without the others.
    if (handle->page.planar == PLANARCONFIG_SEPARATE && handle->colour.samples == 1 && !handle->colour.alpha) handle->page.samples = 1;
    handle->row_kind = SHOGO_TIFF_RGB;
    code = handle->colour.model == MODEL_BANDS ? shogo_bands_begin(handle) : begin_samples(handle);
    *row_kind = handle->row_kind;
    return code;
}

static void convert_row(shogo_tiff *handle, uint8_t *out) {
    const struct layout *layout = &handle->layout;
    const struct colour *colour = &handle->colour;
    const struct sample_kind *kind = &handle->kind;
    const size_t width = handle->page.width, apart = layout->planes > 1, step = apart ? 1 : handle->page.samples;
    if (handle->row_kind == SHOGO_TIFF_BITS) {
        const uint8_t flip = colour->inverted ? 255 : 0;
        for (size_t i = 0; i < width / 8 + (width % 8 != 0); i++) out[i] = layout->line[0][i] ^ flip;
        return;
    }
    const uint8_t *at[PLANE_LIMIT] = {0}, *alpha = NULL;
    const int ready = kind->bits == 8 && !kind->is_signed && !kind->ranged;
    const int total = colour->samples + (colour->alpha != 0);
    for (int k = 0; k < total; k++) {
        const size_t sample = k < colour->samples ? (size_t)k : (size_t)colour->alpha;
        const uint8_t *base = ready ? layout->line[apart ? k : 0] : handle->samples + (apart ? (size_t)k * width : 0);
        if (!ready && (apart || k == 0)) shogo_samples_unpack(kind, layout->line[k], width * step, handle->samples + (size_t)k * width);
        at[k] = apart ? base : base + sample;
    }
    if (colour->alpha) alpha = at[colour->samples];
    if (colour->model == MODEL_PALETTE) {
        shogo_samples_indices(kind, layout->line[0], width, step, handle->indices);
        for (size_t x = 0; x < width; x++) memcpy(out + 3 * x, colour->palette + 3 * (size_t)handle->indices[x], 3);
    } else if (colour->model == MODEL_LAB) {
        const size_t bytes = kind->bits / 8;
        const uint8_t *raw[3];
        for (int k = 0; k < 3; k++) raw[k] = apart ? layout->line[k] : layout->line[0] + (size_t)k * bytes;
        shogo_lab_row(&handle->page, raw, step * bytes, out);
    } else {
        shogo_colour_row(colour, at, step, width, out);
    }
    // Ink that is multiplied by alpha stands on white paper already.
    const int ink = colour->model == MODEL_CMYK || colour->inverted;
    if (alpha && !(ink && colour->associated))
        shogo_colour_compose(handle->row_kind == SHOGO_TIFF_GREY ? 1 : 3, colour->associated, alpha, step, width, out);
}

enum row_state { ROW_GOOD, ROW_REPAIRED, ROW_LOST, ROW_MISSING };

static enum row_state read_row(shogo_tiff *handle, uint8_t *out) {
    handle->errors = handle->warnings = 0;
    const int banded = handle->colour.model == MODEL_BANDS;
    const int read = banded ? shogo_bands_row(handle, handle->row, out) : shogo_layout_row(handle, handle->row);
    int clipped = handle->source.patch_size != 0;
    for (int plane = 1; plane < handle->layout.planes; plane++) clipped |= handle->layout.extra[plane].patch_size != 0;
    // What a codec only warns of behind the cut end is filler.
    if (clipped && (!read || handle->errors || handle->warnings)) return ROW_MISSING;
    if (!read) return handle->fax || handle->deflate || shogo_ends_early(handle) ? ROW_MISSING : ROW_LOST;
    if (handle->errors && !(handle->fax && ++handle->garbled <= handle->page.height / 20)) return ROW_LOST;
    if (!banded) convert_row(handle, out);
    return handle->fax && (handle->errors || handle->warnings) ? ROW_REPAIRED : ROW_GOOD;
}

int shogo_tiff_rows(shogo_tiff *handle, uint8_t *out, uint32_t limit, uint32_t *rows) {
    const size_t width = handle->page.width;
    const size_t row_bytes = handle->row_kind == SHOGO_TIFF_BITS ? width / 8 + (width % 8 != 0)
                                                                 : width * (handle->row_kind == SHOGO_TIFF_GREY ? 1u : 3u);
    *rows = 0;
    for (; *rows < limit && handle->row < handle->page.height; handle->row++, ++*rows, out += row_bytes) {
        if (handle->missing) {
            memset(out, 255, row_bytes);
            handle->missing++;
            continue;
        }
        if (!handle->samples && !handle->bands.begun) return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "the page was not begun");
        switch (read_row(handle, out)) {
            case ROW_GOOD: break;
            case ROW_REPAIRED:
                // A fax with some bad lines is still a page; libtiff repairs them and goes on.
                if (++handle->repaired > handle->page.height / 2)
                    return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "more than half of its rows are damaged");
                break;
            case ROW_LOST: return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its pixels cannot be decoded");
            case ROW_MISSING:
                if (handle->row < handle->page.height - handle->page.height / 2)
                    return shogo_fail(handle, shogo_ends_early(handle) ? SHOGO_TIFF_TRUNCATED : SHOGO_TIFF_DAMAGED,
                                      "more than half of its rows are missing");
                memset(out, 255, row_bytes);
                handle->missing = 1;
                handle->broken = !shogo_ends_early(handle);
        }
    }
    return SHOGO_TIFF_OK;
}

void shogo_tiff_defects(const shogo_tiff *handle, uint32_t *missing, int *broken, uint32_t *repaired) {
    *missing = handle->missing;
    *broken = (int)handle->broken;
    *repaired = handle->repaired;
}
