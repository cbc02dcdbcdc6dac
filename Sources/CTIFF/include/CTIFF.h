#pragma once
#include <stddef.h>
#include <stdint.h>

// The part of libtiff that Shogo uses: pages of a file in memory, as rows of 8-bit grey or RGB, in stored order.

enum {
    SHOGO_TIFF_OK = 0,
    SHOGO_TIFF_END = 1,
    SHOGO_TIFF_DAMAGED = 2,
    SHOGO_TIFF_TRUNCATED = 3,
    SHOGO_TIFF_UNSUPPORTED = 4,
    SHOGO_TIFF_TOO_LARGE = 5,
};

typedef struct shogo_tiff shogo_tiff;

typedef struct {
    uint32_t width, height;
    uint16_t orientation, bits, samples, photometric, compression, planar, format;
    /// A thumbnail or a mask, not a page.
    uint8_t secondary;
    uint8_t tiled;
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

/// Prepares the rows of the current page; `channels` becomes 1 (grey) or 3 (RGB).
int shogo_tiff_begin(shogo_tiff *handle, int *channels);
/// Writes the next rows, at most `limit`, each `width * channels` bytes.
int shogo_tiff_rows(shogo_tiff *handle, uint8_t *out, uint32_t limit, uint32_t *rows);
