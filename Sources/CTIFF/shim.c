#include "CTIFF.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

// The largest single allocation that libtiff or a band of rows may ask for; row-wise reading stays far below.
static const size_t allocation_limit = (size_t)512 << 20;

struct shogo_tiff {
    TIFF *tiff;
    const uint8_t *bytes;
    uint64_t count, position;
    char message[256];
    uint32_t errors;

    shogo_tiff_page page;
    uint32_t row;           // the next row to hand out
    int channels;
    // Row-wise reading:
    uint8_t *line;          // one stored scanline
    uint8_t table[3][256];  // stored value -> 8 bits, for depths up to 8
    int colour_table;
    // Band-wise reading through TIFFRGBAImage:
    int banded;
    TIFFRGBAImage image;
    uint32_t *band;
    uint32_t band_rows, band_first, band_count;
};

static int on_error(TIFF *tiff, void *context, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)module;
    shogo_tiff *handle = context;
    // The first error is the cause; the rest follow from it.
    if (handle->errors++ == 0) vsnprintf(handle->message, sizeof handle->message, format, arguments);
    return 1;
}

static int on_warning(TIFF *tiff, void *context, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)context;
    (void)module;
    (void)format;
    (void)arguments;
    return 1;
}

static tmsize_t read_bytes(thandle_t context, void *out, tmsize_t wanted) {
    shogo_tiff *handle = context;
    if (wanted <= 0 || handle->position >= handle->count) return 0;
    uint64_t rest = handle->count - handle->position;
    uint64_t taken = (uint64_t)wanted < rest ? (uint64_t)wanted : rest;
    memcpy(out, handle->bytes + handle->position, (size_t)taken);
    handle->position += taken;
    return (tmsize_t)taken;
}

static tmsize_t write_bytes(thandle_t context, void *bytes, tmsize_t count) {
    (void)context;
    (void)bytes;
    (void)count;
    return 0;
}

static toff_t seek_bytes(thandle_t context, toff_t offset, int from) {
    shogo_tiff *handle = context;
    uint64_t base = from == SEEK_CUR ? handle->position : from == SEEK_END ? handle->count : 0;
    uint64_t target;
    if (__builtin_add_overflow(base, (uint64_t)offset, &target)) return (toff_t)-1;
    handle->position = target;
    return target;
}

static int close_bytes(thandle_t context) {
    (void)context;
    return 0;
}

static toff_t size_of_bytes(thandle_t context) { return ((shogo_tiff *)context)->count; }

static int map_bytes(thandle_t context, void **base, toff_t *size) {
    shogo_tiff *handle = context;
    // libtiff only reads through this pointer in mode "r".
    *base = (void *)handle->bytes;
    *size = handle->count;
    return 1;
}

static void unmap_bytes(thandle_t context, void *base, toff_t size) {
    (void)context;
    (void)base;
    (void)size;
}

static int fail(shogo_tiff *handle, int code, const char *message) {
    if (handle->errors == 0) snprintf(handle->message, sizeof handle->message, "%s", message);
    return code;
}

static void end_page(shogo_tiff *handle) {
    if (handle->banded) TIFFRGBAImageEnd(&handle->image);
    handle->banded = 0;
    free(handle->line);
    free(handle->band);
    handle->line = NULL;
    handle->band = NULL;
    handle->row = handle->band_first = handle->band_count = 0;
}

static uint64_t number_at(const shogo_tiff *handle, uint64_t at, unsigned width) {
    uint64_t value = 0;
    if (at > handle->count || handle->count - at < width) return UINT64_MAX;
    const uint8_t *bytes = handle->bytes + at;
    const int little = handle->bytes[0] == 'I';
    for (unsigned i = 0; i < width; i++) value = value << 8 | bytes[little ? width - 1 - i : i];
    return value;
}

/// Whether the directory at `offset` lies beyond the end of the file, in part or whole.
static int directory_ends_early(const shogo_tiff *handle, uint64_t offset) {
    const int big = handle->bytes[handle->bytes[0] == 'I' ? 2 : 3] == 43;
    const uint64_t entries = number_at(handle, offset, big ? 8 : 2);
    if (entries == UINT64_MAX) return 1;
    uint64_t size, end;
    return __builtin_mul_overflow(entries, big ? 20u : 12u, &size) || __builtin_add_overflow(offset, size, &end)
           || end > handle->count;
}

int shogo_tiff_open(const uint8_t *bytes, size_t count, shogo_tiff **out) {
    *out = NULL;
    shogo_tiff *handle = calloc(1, sizeof *handle);
    if (!handle) return SHOGO_TIFF_TOO_LARGE;
    *out = handle;
    handle->bytes = bytes;
    handle->count = count;
    if (count < 16) return fail(handle, SHOGO_TIFF_TRUNCATED, "the file ends in its header");
    const int big = bytes[bytes[0] == 'I' ? 2 : 3] == 43;
    const uint64_t directory = number_at(handle, big ? 8 : 4, big ? 8 : 4);
    if (directory == 0) return fail(handle, SHOGO_TIFF_DAMAGED, "the file has no page");
    if (directory_ends_early(handle, directory)) return fail(handle, SHOGO_TIFF_TRUNCATED, "the file ends before the end of its first directory");

    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, handle);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, handle);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)allocation_limit);
    handle->tiff = TIFFClientOpenExt("memory", "r", handle, read_bytes, write_bytes, seek_bytes, close_bytes,
                                     size_of_bytes, map_bytes, unmap_bytes, options);
    TIFFOpenOptionsFree(options);
    if (!handle->tiff) return fail(handle, SHOGO_TIFF_DAMAGED, "the first directory cannot be read");
    return SHOGO_TIFF_OK;
}

void shogo_tiff_close(shogo_tiff *handle) {
    if (!handle) return;
    end_page(handle);
    if (handle->tiff) TIFFClose(handle->tiff);
    free(handle);
}

const char *shogo_tiff_message(const shogo_tiff *handle) {
    return handle && handle->message[0] ? handle->message : "no further detail";
}

int shogo_tiff_next(shogo_tiff *handle) {
    end_page(handle);
    handle->errors = 0;
    if (TIFFLastDirectory(handle->tiff)) return SHOGO_TIFF_END;
    if (!TIFFReadDirectory(handle->tiff))
        return fail(handle, directory_ends_early(handle, TIFFCurrentDirOffset(handle->tiff)) ? SHOGO_TIFF_TRUNCATED : SHOGO_TIFF_DAMAGED, "the next directory cannot be read, or leads back to an earlier one");
    return SHOGO_TIFF_OK;
}

int shogo_tiff_select(shogo_tiff *handle, uint32_t directory) {
    end_page(handle);
    handle->errors = 0;
    if (!TIFFSetDirectory(handle->tiff, directory))
        return fail(handle, SHOGO_TIFF_DAMAGED, "the directory cannot be read");
    return SHOGO_TIFF_OK;
}

static uint16_t short_field(TIFF *tiff, uint32_t tag, uint16_t otherwise) {
    uint16_t value = 0;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : otherwise;
}

int shogo_tiff_describe(shogo_tiff *handle, shogo_tiff_page *page) {
    TIFF *tiff = handle->tiff;
    memset(page, 0, sizeof *page);
    uint32_t subfile = 0;
    uint16_t old_subfile = 0;
    if (TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &subfile))
        page->secondary = (subfile & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
    else if (TIFFGetField(tiff, TIFFTAG_OSUBFILETYPE, &old_subfile))
        page->secondary = old_subfile == OFILETYPE_REDUCEDIMAGE;
    if (!TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page->width) || !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page->height)
        || page->width == 0 || page->height == 0 || page->width > INT32_MAX || page->height > INT32_MAX)
        return fail(handle, SHOGO_TIFF_DAMAGED, "the page has no size");
    page->orientation = short_field(tiff, TIFFTAG_ORIENTATION, 1);
    if (page->orientation < 1 || page->orientation > 8) page->orientation = 1;
    page->bits = short_field(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    page->samples = short_field(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    page->compression = short_field(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    page->planar = short_field(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    page->format = short_field(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    uint16_t photometric = 0;
    if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric))
        photometric = page->samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    page->photometric = photometric;
    page->tiled = TIFFIsTiled(tiff) != 0;
    return SHOGO_TIFF_OK;
}

/// 1 = alpha to compose; samples of no stated meaning are ignored.
static int has_alpha(TIFF *tiff) {
    uint16_t count = 0, *kinds = NULL;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds);
    return count > 0 && kinds && kinds[0] != EXTRASAMPLE_UNSPECIFIED;
}

/// Fills `table`; 0 when the page is not one that reads row by row.
static int prepare_rows(shogo_tiff *handle) {
    const shogo_tiff_page *page = &handle->page;
    TIFF *tiff = handle->tiff;
    if (page->tiled || (page->planar != PLANARCONFIG_CONTIG && page->samples > 1) || page->samples == 0) return 0;
    if (page->compression == COMPRESSION_OJPEG || has_alpha(tiff)) return 0;
    unsigned bits = page->bits;
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) return 0;
    unsigned top = bits <= 8 ? (1u << bits) - 1 : 255;
    switch (page->photometric) {
        case PHOTOMETRIC_MINISWHITE:
        case PHOTOMETRIC_MINISBLACK:
            if (bits < 8 && page->samples != 1) return 0;
            for (unsigned value = 0; value <= top; value++) {
                unsigned grey = (value * 255 + top / 2) / top;
                handle->table[0][value] = (uint8_t)(page->photometric == PHOTOMETRIC_MINISWHITE ? 255 - grey : grey);
            }
            handle->channels = 1;
            return 1;
        case PHOTOMETRIC_PALETTE: {
            uint16_t *map[3];
            if (bits > 8 || page->samples != 1) return 0;
            if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2])) return 0;
            int wide = 0;  // some writers store 8-bit values
            for (int c = 0; c < 3; c++)
                for (unsigned value = 0; value <= top; value++) wide |= map[c][value] > 255;
            for (int c = 0; c < 3; c++)
                for (unsigned value = 0; value <= top; value++)
                    handle->table[c][value] = (uint8_t)(wide ? map[c][value] >> 8 : map[c][value]);
            handle->channels = 3;
            handle->colour_table = 1;
            return 1;
        }
        case PHOTOMETRIC_YCBCR:
            // libtiff has libjpeg convert these; other YCbCr goes the general way.
            if (page->compression != COMPRESSION_JPEG || bits != 8 || page->samples != 3) return 0;
            if (!TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB)) return 0;
            handle->channels = 3;
            return 1;
        case PHOTOMETRIC_RGB:
            if (bits < 8 || page->samples < 3) return 0;
            handle->channels = 3;
            return 1;
        case PHOTOMETRIC_SEPARATED: {
            uint16_t inks = short_field(tiff, TIFFTAG_INKSET, INKSET_CMYK);
            if (bits != 8 || page->samples < 4 || inks != INKSET_CMYK) return 0;
            handle->channels = 3;
            return 1;
        }
        default:
            return 0;
    }
}

static int prepare_bands(shogo_tiff *handle) {
    TIFF *tiff = handle->tiff;
    const shogo_tiff_page *page = &handle->page;
    char reason[1024] = "";
    if (!TIFFRGBAImageOK(tiff, reason)) return fail(handle, SHOGO_TIFF_UNSUPPORTED, reason);
    uint32_t unit = page->height;
    if (page->tiled) TIFFGetField(tiff, TIFFTAG_TILELENGTH, &unit);
    else TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &unit);
    if (unit == 0 || unit > page->height) unit = page->height;
    uint32_t rows = unit;
    while (rows < 64 && rows <= page->height / 2) rows += unit;
    size_t pixels, size;
    if (__builtin_mul_overflow((size_t)rows, (size_t)page->width, &pixels)
        || __builtin_mul_overflow(pixels, sizeof(uint32_t), &size) || size > allocation_limit)
        return fail(handle, SHOGO_TIFF_TOO_LARGE, "one strip or tile row needs more memory than a page may use");
    if (!TIFFRGBAImageBegin(&handle->image, tiff, 1, reason)) return fail(handle, SHOGO_TIFF_UNSUPPORTED, reason);
    handle->banded = 1;
    // Equal orientations keep the stored order; Swift turns the reduced picture.
    handle->image.orientation = handle->image.req_orientation = ORIENTATION_TOPLEFT;
    handle->band = malloc(size);
    if (!handle->band) return fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    handle->band_rows = rows;
    handle->channels = 3;
    return SHOGO_TIFF_OK;
}

int shogo_tiff_begin(shogo_tiff *handle, int *channels) {
    end_page(handle);
    handle->errors = 0;
    handle->colour_table = 0;
    int code = shogo_tiff_describe(handle, &handle->page);
    if (code) return code;
    if (!TIFFIsCODECConfigured(handle->page.compression))
        return fail(handle, SHOGO_TIFF_UNSUPPORTED, "this compression is not known");
    if (handle->page.format != SAMPLEFORMAT_UINT && handle->page.format != SAMPLEFORMAT_VOID)
        return fail(handle, SHOGO_TIFF_UNSUPPORTED, "its samples are not unsigned integers");
    handle->errors = 0;
    if (prepare_rows(handle)) {
        // What libtiff decodes into, against what the conversion reads.
        uint64_t size = TIFFScanlineSize64(handle->tiff), bits;
        if (__builtin_mul_overflow((uint64_t)handle->page.width, (uint64_t)handle->page.samples * handle->page.bits, &bits)
            || size > allocation_limit || size < bits / 8 + (bits % 8 != 0))
            return fail(handle, SHOGO_TIFF_DAMAGED, "its rows have no usable size");
        handle->line = malloc((size_t)size);
        if (!handle->line) return fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    } else {
        code = prepare_bands(handle);
        if (code) return code;
    }
    *channels = handle->channels;
    return SHOGO_TIFF_OK;
}

static uint8_t eight_bits(const uint8_t *at) {
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return (uint8_t)((value + 128u) / 257u);
}

static void convert_line(const shogo_tiff *handle, uint8_t *out) {
    const shogo_tiff_page *page = &handle->page;
    const uint8_t *line = handle->line;
    const size_t width = page->width, samples = page->samples;
    const unsigned bits = page->bits;
    if (page->photometric == PHOTOMETRIC_SEPARATED) {
        for (size_t x = 0; x < width; x++, line += samples) {
            const unsigned light = 255u - line[3];
            for (int c = 0; c < 3; c++) *out++ = (uint8_t)(((255u - line[c]) * light + 127) / 255);
        }
    } else if (page->photometric == PHOTOMETRIC_RGB || page->photometric == PHOTOMETRIC_YCBCR) {
        if (bits == 8 && samples == 3) {
            memcpy(out, line, width * 3);
        } else if (bits == 8) {
            for (size_t x = 0; x < width; x++, line += samples)
                for (int c = 0; c < 3; c++) *out++ = line[c];
        } else {
            for (size_t x = 0; x < width; x++, line += samples * 2)
                for (int c = 0; c < 3; c++) *out++ = eight_bits(line + 2 * c);
        }
    } else if (bits == 16) {
        for (size_t x = 0; x < width; x++, line += samples * 2) *out++ = handle->table[0][eight_bits(line)];
    } else if (bits == 8) {
        for (size_t x = 0; x < width; x++, line += samples) {
            *out++ = handle->table[0][*line];
            if (handle->colour_table) {
                *out++ = handle->table[1][*line];
                *out++ = handle->table[2][*line];
            }
        }
    } else {
        const unsigned mask = (1u << bits) - 1, per_byte = 8 / bits;
        for (size_t x = 0; x < width; x++) {
            const unsigned shift = 8 - bits - (unsigned)(x % per_byte) * bits;
            const unsigned value = (line[x / per_byte] >> shift) & mask;
            *out++ = handle->table[0][value];
            if (handle->colour_table) {
                *out++ = handle->table[1][value];
                *out++ = handle->table[2][value];
            }
        }
    }
}

/// Whether a strip or tile of this page lies beyond the end of the file.
static int ends_early(shogo_tiff *handle) {
    TIFF *tiff = handle->tiff;
    uint32_t parts = handle->page.tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
    for (uint32_t part = 0; part < parts && part < 100000; part++) {
        uint64_t end;
        if (__builtin_add_overflow(TIFFGetStrileOffset(tiff, part), TIFFGetStrileByteCount(tiff, part), &end)) continue;
        if (end > handle->count) return 1;
    }
    return 0;
}

static int broken(shogo_tiff *handle) {
    return fail(handle, ends_early(handle) ? SHOGO_TIFF_TRUNCATED : SHOGO_TIFF_DAMAGED, "its pixels cannot be decoded");
}

static int read_band(shogo_tiff *handle) {
    const uint32_t rest = handle->page.height - handle->row;
    const uint32_t rows = rest < handle->band_rows ? rest : handle->band_rows;
    handle->image.row_offset = (int)handle->row;
    handle->image.col_offset = 0;
    memset(handle->band, 0, (size_t)rows * handle->page.width * sizeof(uint32_t));
    if (!TIFFRGBAImageGet(&handle->image, handle->band, handle->page.width, rows) || handle->errors)
        return broken(handle);
    handle->band_first = handle->row;
    handle->band_count = rows;
    return SHOGO_TIFF_OK;
}

int shogo_tiff_rows(shogo_tiff *handle, uint8_t *out, uint32_t limit, uint32_t *rows) {
    const size_t width = handle->page.width;
    const int fax = handle->page.compression == COMPRESSION_CCITTRLE || handle->page.compression == COMPRESSION_CCITTFAX3
                    || handle->page.compression == COMPRESSION_CCITTFAX4 || handle->page.compression == COMPRESSION_CCITTRLEW;
    *rows = 0;
    while (*rows < limit && handle->row < handle->page.height) {
        if (!handle->banded) {
            if (!handle->line) return fail(handle, SHOGO_TIFF_DAMAGED, "the page was not begun");
            if (TIFFReadScanline(handle->tiff, handle->line, handle->row, 0) != 1) return broken(handle);
            // A fax with a few bad lines is still a page; libtiff repairs them and goes on.
            if (handle->errors && !(fax && handle->errors <= handle->page.height / 20)) return broken(handle);
            convert_line(handle, out);
            out += width * (size_t)handle->channels;
        } else {
            if (handle->row >= handle->band_first + handle->band_count) {
                int code = read_band(handle);
                if (code) return code;
            }
            const uint32_t *pixel = handle->band + (size_t)(handle->row - handle->band_first) * width;
            for (size_t x = 0; x < width; x++, pixel++) {
                // Colours come multiplied by alpha: what is missing is white paper.
                const unsigned paper = handle->image.alpha ? 255u - TIFFGetA(*pixel) : 0;
                const unsigned sums[3] = {TIFFGetR(*pixel) + paper, TIFFGetG(*pixel) + paper, TIFFGetB(*pixel) + paper};
                for (int c = 0; c < 3; c++) *out++ = (uint8_t)(sums[c] > 255 ? 255 : sums[c]);
            }
        }
        handle->row++;
        ++*rows;
    }
    return SHOGO_TIFF_OK;
}
