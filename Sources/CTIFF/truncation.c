#include "handle.h"

#include <string.h>

// libtiff refuses a strip that the end of the file cuts, although its first rows are there. A second handle on the same bytes
// that sees a smaller byte count for this strip decodes them.

int shogo_ends_early(shogo_tiff *handle) {
    TIFF *tiff = handle->source.tiff;
    if (!tiff || handle->source.patch_size) return 1;  // it was clipped for that reason
    uint32_t parts = handle->page.tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
    for (uint32_t part = 0; part < parts && part < 100000; part++) {
        uint64_t end;
        if (__builtin_add_overflow(TIFFGetStrileOffset(tiff, part), TIFFGetStrileByteCount(tiff, part), &end)) continue;
        if (end > handle->count) return 1;
    }
    return 0;
}

/// Where the file holds the byte count of a strip, and in how many bytes; 0 when it cannot be told.
static uint64_t byte_count_place(const shogo_tiff *handle, uint64_t directory, uint32_t strip, unsigned *width) {
    const int big = shogo_is_big(handle);
    const unsigned entry_size = big ? 20 : 12, inline_size = big ? 8 : 4;
    const uint64_t entries = shogo_number_at(handle, directory, big ? 8 : 2);
    if (entries > 4096) return 0;
    for (uint64_t i = 0; i < entries; i++) {
        const uint64_t entry = directory + (big ? 8 : 2) + i * entry_size;
        if (shogo_number_at(handle, entry, 2) != TIFFTAG_STRIPBYTECOUNTS) continue;
        const uint64_t type = shogo_number_at(handle, entry + 2, 2), values = shogo_number_at(handle, entry + 4, inline_size);
        *width = type == TIFF_SHORT ? 2 : type == TIFF_LONG ? 4 : type == TIFF_LONG8 ? 8 : 0;
        if (*width == 0 || values == UINT64_MAX || strip >= values) return 0;
        uint64_t start = entry + 4 + inline_size;
        if (values > inline_size / *width) start = shogo_number_at(handle, start, inline_size);
        if (start > handle->count || handle->count - start < ((uint64_t)strip + 1) * *width) return 0;
        return start + (uint64_t)strip * *width;
    }
    return 0;
}

int shogo_clip_strip(shogo_tiff *handle, struct source *source, uint16_t plane, uint32_t row) {
    if (handle->page.tiled || source->patch_size) return 0;
    const uint32_t strip = TIFFComputeStrip(source->tiff, row, plane);
    const uint64_t start = TIFFGetStrileOffset(source->tiff, strip), count = TIFFGetStrileByteCount(source->tiff, strip);
    if (start == 0 || start >= handle->count || count <= handle->count - start) return 0;
    const uint64_t directory = TIFFCurrentDirOffset(source->tiff), there = handle->count - start;
    unsigned width = 0;
    const uint64_t place = byte_count_place(handle, directory, strip, &width);
    if (!place) return 0;
    shogo_source_close(source);
    source->patch_at = place;
    source->patch_size = width;
    const int little = handle->bytes[0] == 'I';
    for (unsigned i = 0; i < width; i++) source->patch[little ? i : width - 1 - i] = (uint8_t)(there >> 8 * i);
    if (shogo_source_open(source, handle, directory)) return 0;
    shogo_layout_convert(handle, source->tiff);
    handle->errors = handle->warnings = 0;
    return 1;
}
