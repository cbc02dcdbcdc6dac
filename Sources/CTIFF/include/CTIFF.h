#pragma once
#include <stddef.h>
#include <stdint.h>

// The part of libtiff that Shogo uses: pages of a file in memory, as rows of bits, 8-bit grey or RGB, in stored order.
// Rows come one after the other, so that memory follows a row (or a row of tiles), not the page.

enum {
    SHOGO_TIFF_OK = 0,
    SHOGO_TIFF_END = 1,
    SHOGO_TIFF_DAMAGED = 2,
    SHOGO_TIFF_TRUNCATED = 3,
    SHOGO_TIFF_UNSUPPORTED = 4,
    SHOGO_TIFF_TOO_LARGE = 5,
};

/// What a row holds: packed bits (the first pixel in the highest bit, 1 is white), one byte per pixel, or R, G, B bytes.
enum { SHOGO_TIFF_BITS, SHOGO_TIFF_GREY, SHOGO_TIFF_RGB };

typedef struct shogo_tiff shogo_tiff;

typedef struct {
    uint32_t width, height;
    uint16_t orientation, bits, samples, photometric, compression, planar, format;
    /// A thumbnail (1) or a mask (2), not a page.
    uint8_t secondary;
    uint8_t tiled;
    /// Across, as claimed; 0 when nothing is.
    uint32_t dots_per_inch;
    /// Pixels per unit across and down, whatever the unit is; 0 when not stated.
    float across, down;
    /// Where the directory stands, and its XMP packet (NULL without one), which lives as long as the directory is current. Both for pages
    /// whose directory states no orientation; else 0 and NULL.
    uint64_t directory;
    const uint8_t *xmp;
    uint32_t xmp_count;
} shogo_tiff_page;

/// Opens at the first directory. The bytes must outlive the handle. Close it whatever the result, unless NULL.
int shogo_tiff_open(const uint8_t *bytes, size_t count, shogo_tiff **handle);
void shogo_tiff_close(shogo_tiff *handle);
/// What went wrong last, in libtiff's words; never NULL.
const char *shogo_tiff_message(const shogo_tiff *handle);

/// Moves to the next directory: OK, END, or DAMAGED (a loop, a bad directory).
int shogo_tiff_next(shogo_tiff *handle);
/// Moves to a directory by its number from 0.
int shogo_tiff_select(shogo_tiff *handle, uint32_t directory);
int shogo_tiff_describe(shogo_tiff *handle, shogo_tiff_page *page);

/// Prepares the rows of the current page.
int shogo_tiff_begin(shogo_tiff *handle, int *row_kind);
/// Writes the next rows, at most `limit`, each without padding. Rows that the file does not hold, or of Deflate those behind
/// damaged data, become white, as long as at least half of the page is there.
int shogo_tiff_rows(shogo_tiff *handle, uint8_t *out, uint32_t limit, uint32_t *rows);
/// After the last row: how many rows lie beyond the end of the file or, where `broken`, behind damaged data, and how many rows of a
/// fax needed repair.
void shogo_tiff_defects(const shogo_tiff *handle, uint32_t *missing, int *broken, uint32_t *repaired);
