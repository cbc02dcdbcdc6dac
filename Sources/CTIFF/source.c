#include "handle.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The bytes of a file in memory as libtiff wants to read them, and its directories.

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
    (void)module;
    (void)format;
    (void)arguments;
    ((shogo_tiff *)context)->warnings++;
    return 1;
}

static tmsize_t read_bytes(thandle_t context, void *out, tmsize_t wanted) {
    struct source *source = context;
    const uint64_t count = source->owner->count;
    if (wanted <= 0 || source->position >= count) return 0;
    const uint64_t rest = count - source->position, start = source->position;
    const uint64_t taken = (uint64_t)wanted < rest ? (uint64_t)wanted : rest;
    memcpy(out, source->owner->bytes + start, (size_t)taken);
    for (unsigned i = 0; i < source->patch_size; i++)
        if (source->patch_at + i >= start && source->patch_at + i < start + taken)
            ((uint8_t *)out)[source->patch_at + i - start] = source->patch[i];
    source->position += taken;
    return (tmsize_t)taken;
}

static tmsize_t write_bytes(thandle_t context, void *bytes, tmsize_t count) {
    (void)context;
    (void)bytes;
    (void)count;
    return 0;
}

static toff_t seek_bytes(thandle_t context, toff_t offset, int from) {
    struct source *source = context;
    uint64_t base = from == SEEK_CUR ? source->position : from == SEEK_END ? source->owner->count : 0;
    uint64_t target;
    if (__builtin_add_overflow(base, (uint64_t)offset, &target)) return (toff_t)-1;
    source->position = target;
    return target;
}

static int close_bytes(thandle_t context) {
    (void)context;
    return 0;
}

static toff_t size_of_bytes(thandle_t context) { return ((struct source *)context)->owner->count; }

static int map_bytes(thandle_t context, void **base, toff_t *size) {
    const struct source *source = context;
    if (source->patch_size) return 0;
    // libtiff only reads through this pointer in mode "r".
    *base = (void *)source->owner->bytes;
    *size = source->owner->count;
    return 1;
}

static void unmap_bytes(thandle_t context, void *base, toff_t size) {
    (void)context;
    (void)base;
    (void)size;
}

int shogo_fail(shogo_tiff *handle, int code, const char *message) {
    if (handle->errors == 0) snprintf(handle->message, sizeof handle->message, "%s", message);
    return code;
}

int shogo_source_open(struct source *source, shogo_tiff *owner, uint64_t offset) {
    source->owner = owner;
    source->position = 0;
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return shogo_fail(owner, SHOGO_TIFF_TOO_LARGE, "out of memory");
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, owner);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, owner);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)ALLOCATION_LIMIT);
    source->tiff = TIFFClientOpenExt("memory", "r", source, read_bytes, write_bytes, seek_bytes, close_bytes, size_of_bytes,
                                     map_bytes, unmap_bytes, options);
    TIFFOpenOptionsFree(options);
    if (!source->tiff) return shogo_fail(owner, SHOGO_TIFF_DAMAGED, "the first directory cannot be read");
    if (offset && TIFFCurrentDirOffset(source->tiff) != offset && !TIFFSetSubDirectory(source->tiff, offset))
        return shogo_fail(owner, SHOGO_TIFF_DAMAGED, "the directory cannot be read");
    return SHOGO_TIFF_OK;
}

void shogo_source_close(struct source *source) {
    if (source->tiff) TIFFClose(source->tiff);
    memset(source, 0, sizeof *source);
}

uint64_t shogo_number_at(const shogo_tiff *handle, uint64_t at, unsigned width) {
    uint64_t value = 0;
    if (at > handle->count || handle->count - at < width) return UINT64_MAX;
    const uint8_t *bytes = handle->bytes + at;
    const int little = handle->bytes[0] == 'I';
    for (unsigned i = 0; i < width; i++) value = value << 8 | bytes[little ? width - 1 - i : i];
    return value;
}

int shogo_is_big(const shogo_tiff *handle) { return handle->bytes[handle->bytes[0] == 'I' ? 2 : 3] == 43; }

/// Whether the directory at `offset` lies beyond the end of the file, in part or whole.
static int directory_ends_early(const shogo_tiff *handle, uint64_t offset) {
    const int big = shogo_is_big(handle);
    const uint64_t entries = shogo_number_at(handle, offset, big ? 8 : 2);
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
    if (count < 16) return shogo_fail(handle, SHOGO_TIFF_TRUNCATED, "the file ends in its header");
    const int big = shogo_is_big(handle);
    const uint64_t directory = shogo_number_at(handle, big ? 8 : 4, big ? 8 : 4);
    if (directory == 0) return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "the file has no page");
    if (directory_ends_early(handle, directory))
        return shogo_fail(handle, SHOGO_TIFF_TRUNCATED, "the file ends before the end of its first directory");
    return shogo_source_open(&handle->source, handle, 0);
}

const char *shogo_tiff_message(const shogo_tiff *handle) {
    return handle && handle->message[0] ? handle->message : "no further detail";
}

int shogo_tiff_next(shogo_tiff *handle) {
    TIFF *tiff = handle->source.tiff;
    handle->errors = 0;
    if (TIFFLastDirectory(tiff)) return SHOGO_TIFF_END;
    if (TIFFReadDirectory(tiff)) return SHOGO_TIFF_OK;
    const int cut = directory_ends_early(handle, TIFFCurrentDirOffset(tiff));
    return shogo_fail(handle, cut ? SHOGO_TIFF_TRUNCATED : SHOGO_TIFF_DAMAGED,
                      "the next directory cannot be read, or leads back to an earlier one");
}

int shogo_tiff_select(shogo_tiff *handle, uint32_t directory) {
    handle->errors = 0;
    if (handle->source.patch_size) {
        // A page before this one was cut: back to the true bytes.
        shogo_source_close(&handle->source);
        int code = shogo_source_open(&handle->source, handle, 0);
        if (code) return code;
    }
    if (!handle->source.tiff || !TIFFSetDirectory(handle->source.tiff, directory))
        return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "the directory cannot be read");
    return SHOGO_TIFF_OK;
}

uint16_t shogo_short_field(TIFF *tiff, uint32_t tag, uint16_t otherwise) {
    uint16_t value = 0;
    return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : otherwise;
}

int shogo_tiff_describe(shogo_tiff *handle, shogo_tiff_page *page) {
    TIFF *tiff = handle->source.tiff;
    memset(page, 0, sizeof *page);
    uint32_t subfile = 0;
    uint16_t old_subfile = 0;
    if (TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &subfile))
        page->secondary = subfile & FILETYPE_MASK ? 2 : (subfile & FILETYPE_REDUCEDIMAGE) != 0;
    else if (TIFFGetField(tiff, TIFFTAG_OSUBFILETYPE, &old_subfile))
        page->secondary = old_subfile == OFILETYPE_REDUCEDIMAGE;
    if (!TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page->width) || !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page->height)
        || page->width == 0 || page->height == 0 || page->width > INT32_MAX || page->height > INT32_MAX)
        return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "the page has no size");
    float resolution = 0;
    const float inches = shogo_short_field(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH) == RESUNIT_CENTIMETER ? 2.54f : 1.0f;
    if (shogo_short_field(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH) != RESUNIT_NONE && TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &resolution)
        && resolution * inches >= 1 && resolution * inches <= 100000)
        page->dots_per_inch = (uint32_t)(resolution * inches + 0.5f);
    if (!TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &page->across) || !TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &page->down))
        page->across = page->down = 0;
    if (!TIFFGetField(tiff, TIFFTAG_ORIENTATION, &page->orientation) || page->orientation < 1 || page->orientation > 8) {
        void *xmp = NULL;
        page->orientation = 1;
        page->directory = TIFFCurrentDirOffset(tiff);
        if (TIFFGetField(tiff, TIFFTAG_XMLPACKET, &page->xmp_count, &xmp)) page->xmp = xmp;
    }
    page->bits = shogo_short_field(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    page->samples = shogo_short_field(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    page->compression = shogo_short_field(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    page->planar = shogo_short_field(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    page->format = shogo_short_field(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    uint16_t photometric = 0;
    if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric))
        photometric = page->samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    page->photometric = photometric;
    page->tiled = TIFFIsTiled(tiff) != 0;
    return SHOGO_TIFF_OK;
}
