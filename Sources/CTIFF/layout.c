#include "handle.h"

#include <stdlib.h>
#include <string.h>

// Strips, tiles and planes of a page as packed rows from top to bottom.

void shogo_layout_convert(const shogo_tiff *handle, TIFF *tiff) {
    const shogo_tiff_page *page = &handle->page;
    const int jpeg_ycc = page->compression == COMPRESSION_JPEG && page->photometric == PHOTOMETRIC_YCBCR;
    if (jpeg_ycc && page->planar == PLANARCONFIG_CONTIG) TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    if (page->compression == COMPRESSION_SGILOG || page->compression == COMPRESSION_SGILOG24)
        TIFFSetField(tiff, TIFFTAG_SGILOGDATAFMT, SGILOGDATAFMT_8BIT);
    if (page->compression == COMPRESSION_PIXARLOG) TIFFSetField(tiff, TIFFTAG_PIXARLOGDATAFMT, PIXARLOGDATAFMT_8BIT);
}

/// Codecs that decode a strip in one piece.
static int knows_no_rows(uint16_t compression) {
    return compression == COMPRESSION_JBIG || compression == COMPRESSION_WEBP || compression == COMPRESSION_LERC;
}

static void choose_planes(shogo_tiff *handle) {
    struct layout *layout = &handle->layout;
    layout->planes = 1;
    if (handle->page.planar == PLANARCONFIG_CONTIG || handle->page.samples == 1) return;
    layout->planes = handle->colour.samples;
    for (int i = 0; i < layout->planes; i++) layout->plane_sample[i] = (uint16_t)i;
    if (handle->colour.alpha) layout->plane_sample[layout->planes++] = (uint16_t)handle->colour.alpha;
}

static int begin_blocks(shogo_tiff *handle) {
    struct layout *layout = &handle->layout;
    TIFF *tiff = handle->source.tiff;
    uint64_t row_bytes, block_bytes;
    if (handle->page.tiled) {
        if (!TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &layout->block_width)
            || !TIFFGetField(tiff, TIFFTAG_TILELENGTH, &layout->block_rows))
            return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its tiles have no size");
        row_bytes = TIFFTileRowSize64(tiff);
        block_bytes = TIFFTileSize64(tiff);
    } else {
        layout->block_width = handle->page.width;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &layout->block_rows);
        if (layout->block_rows > handle->page.height) layout->block_rows = handle->page.height;
        row_bytes = TIFFScanlineSize64(tiff);
        block_bytes = TIFFStripSize64(tiff);
    }
    if (layout->block_width == 0 || layout->block_rows == 0)
        return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its tiles or strips have no size");
    const uint64_t samples = layout->planes > 1 ? 1 : handle->page.samples;
    uint64_t bits, needed, held;
    layout->blocks_across = handle->page.width / layout->block_width + (handle->page.width % layout->block_width != 0);
    if (__builtin_mul_overflow((uint64_t)layout->block_width, samples * handle->page.bits, &bits) || row_bytes < bits / 8 + (bits % 8 != 0)
        || __builtin_mul_overflow(row_bytes, (uint64_t)layout->block_rows, &needed) || block_bytes < needed)
        return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its tiles or strips have no usable size");
    if (__builtin_mul_overflow(block_bytes, (uint64_t)layout->blocks_across * (uint64_t)layout->planes, &held) || held > ALLOCATION_LIMIT)
        return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "one row of tiles needs more memory than a page may use");
    layout->block_row_bytes = (size_t)row_bytes;
    layout->block_bytes = (size_t)block_bytes;
    for (int plane = 0; plane < layout->planes; plane++) {
        // Zeros: a codec whose own picture is smaller than the tile (JPEG, fax) leaves the rest of it unwritten, and reports success.
        layout->blocks[plane] = calloc(layout->blocks_across, layout->block_bytes);
        if (!layout->blocks[plane]) return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    }
    return SHOGO_TIFF_OK;
}

static int begin_strips(shogo_tiff *handle) {
    struct layout *layout = &handle->layout;
    const uint64_t offset = TIFFCurrentDirOffset(handle->source.tiff);
    const uint64_t size = TIFFScanlineSize64(handle->source.tiff);
    if (size < layout->line_bytes || size > ALLOCATION_LIMIT)
        return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its rows have no usable size");
    layout->line_bytes = (size_t)size;
    for (int plane = 1; plane < layout->planes; plane++) {
        int code = shogo_source_open(&layout->extra[plane], handle, offset);
        if (code) return code;
        shogo_layout_convert(handle, layout->extra[plane].tiff);
        if (TIFFScanlineSize64(layout->extra[plane].tiff) != size)
            return shogo_fail(handle, SHOGO_TIFF_DAMAGED, "its rows have no usable size");
    }
    return SHOGO_TIFF_OK;
}

int shogo_layout_begin(shogo_tiff *handle) {
    struct layout *layout = &handle->layout;
    choose_planes(handle);
    const uint64_t samples = layout->planes > 1 ? 1 : handle->page.samples;
    uint64_t bits;
    if (__builtin_mul_overflow((uint64_t)handle->page.width, samples * handle->page.bits, &bits) || bits / 8 + 1 > ALLOCATION_LIMIT)
        return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "its rows need more memory than a page may use");
    layout->line_bytes = (size_t)(bits / 8 + (bits % 8 != 0));
    layout->blocked = handle->page.tiled || knows_no_rows(handle->page.compression);
    int code = layout->blocked ? begin_blocks(handle) : begin_strips(handle);
    if (code) return code;
    for (int plane = 0; plane < layout->planes; plane++) {
        // Spare bytes, so that loads of whole words may pass the end.
        layout->line[plane] = calloc(1, layout->line_bytes + 8);
        if (!layout->line[plane]) return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    }
    return SHOGO_TIFF_OK;
}

void shogo_layout_end(struct layout *layout) {
    for (int plane = 0; plane < PLANE_LIMIT; plane++) {
        free(layout->line[plane]);
        free(layout->blocks[plane]);
        shogo_source_close(&layout->extra[plane]);
    }
    memset(layout, 0, sizeof *layout);
}

static int read_blocks(shogo_tiff *handle, uint32_t first_row) {
    struct layout *layout = &handle->layout;
    TIFF *tiff = handle->source.tiff;
    layout->held_rows = 0;
    for (int plane = 0; plane < layout->planes; plane++) {
        const uint16_t sample = layout->plane_sample[plane];
        for (uint32_t column = 0; column < layout->blocks_across; column++) {
            uint8_t *block = layout->blocks[plane] + layout->block_bytes * column;
            tmsize_t size = (tmsize_t)layout->block_bytes, got;
            if (handle->page.tiled) {
                const uint32_t tile = TIFFComputeTile(tiff, column * layout->block_width, first_row, 0, sample);
                if (!shogo_jbig_fits(handle, tile, (uint32_t)layout->block_width, (uint32_t)layout->block_rows)) return 0;
                got = TIFFReadEncodedTile(tiff, tile, block, size);
            } else {
                const uint32_t rest = handle->page.height - first_row, strip = TIFFComputeStrip(tiff, first_row, sample);
                const uint32_t rows = rest < layout->block_rows ? rest : (uint32_t)layout->block_rows;
                if (!shogo_jbig_fits(handle, strip, handle->page.width, rows)) return 0;
                size = (tmsize_t)(rows * layout->block_row_bytes);
                got = TIFFReadEncodedStrip(tiff, strip, block, size);
            }
            if (got != size) return 0;
        }
    }
    layout->first_row = first_row;
    layout->held_rows = layout->block_rows;
    return 1;
}

/// Copies `count` bits to bit `at` of a row; the target is zero from there on.
static void copy_bits(uint8_t *line, uint64_t at, const uint8_t *from, uint64_t count) {
    if (at % 8 == 0) {
        memcpy(line + at / 8, from, (size_t)(count / 8 + (count % 8 != 0)));
        return;
    }
    for (uint64_t bit = 0; bit < count; bit++, at++)
        if (from[bit / 8] >> (7 - bit % 8) & 1) line[at / 8] |= (uint8_t)(0x80 >> at % 8);
}

static int block_row(shogo_tiff *handle, uint32_t row) {
    struct layout *layout = &handle->layout;
    if (row < layout->first_row || row - layout->first_row >= layout->held_rows) {
        if (!read_blocks(handle, row - row % layout->block_rows)) return 0;
    }
    const uint64_t pixel_bits = (uint64_t)handle->page.bits * (layout->planes > 1 ? 1u : handle->page.samples);
    for (int plane = 0; plane < layout->planes; plane++) {
        const uint8_t *from = layout->blocks[plane] + (size_t)(row - layout->first_row) * layout->block_row_bytes;
        if ((layout->block_width * pixel_bits) % 8) memset(layout->line[plane], 0, layout->line_bytes);
        for (uint32_t column = 0; column < layout->blocks_across; column++, from += layout->block_bytes) {
            const uint32_t x = column * layout->block_width, rest = handle->page.width - x;
            copy_bits(layout->line[plane], x * pixel_bits, from, (rest < layout->block_width ? rest : layout->block_width) * pixel_bits);
        }
    }
    return 1;
}

static int strip_row(shogo_tiff *handle, int plane, uint32_t row) {
    struct layout *layout = &handle->layout;
    struct source *source = plane == 0 ? &handle->source : &layout->extra[plane];
    const uint16_t sample = layout->plane_sample[plane];
    if (source->tiff && TIFFReadScanline(source->tiff, layout->line[plane], row, sample) == 1) return 1;
    return source->tiff && shogo_clip_strip(handle, source, sample, row)
           && TIFFReadScanline(source->tiff, layout->line[plane], row, sample) == 1;
}

int shogo_layout_row(shogo_tiff *handle, uint32_t row) {
    if (handle->layout.blocked) return block_row(handle, row);
    for (int plane = 0; plane < handle->layout.planes; plane++)
        if (!strip_row(handle, plane, row)) return 0;
    return 1;
}
