#pragma once
#include <stddef.h>
#include <stdint.h>

// The part of libpng that Shogo uses: one picture in memory as rows of 8-bit grey or RGB over white. libpng leaves a failed
// call by longjmp, which Swift cannot receive: every function here catches it and returns a code.

enum {
    SHOGO_PNG_OK = 0,
    SHOGO_PNG_DAMAGED = 1,
    SHOGO_PNG_TRUNCATED = 2,
    SHOGO_PNG_TOO_LARGE = 3,
};

typedef struct shogo_png shogo_png;

typedef struct {
    uint32_t width, height;
    int bits, colour, interlaced, alpha;
    /// Across, as claimed; 0 when nothing is.
    uint32_t dots_per_inch;
    /// Pixels per unit across and down, whatever the unit is; 0 when not stated.
    uint32_t across, down;
    /// The EXIF block, if it precedes the pixels; NULL and 0 otherwise. Lives as long as the handle.
    const uint8_t *exif;
    size_t exif_count;
} shogo_png_header;

/// NULL when memory is out.
shogo_png *shogo_png_create(void);
void shogo_png_destroy(shogo_png *handle);
/// What went wrong, in libpng's words; never NULL.
const char *shogo_png_message(const shogo_png *handle);

/// The bytes must outlive the handle.
int shogo_png_read_header(shogo_png *handle, const uint8_t *bytes, size_t count, shogo_png_header *header);
/// `channels` becomes 1 (grey) or 3 (RGB).
int shogo_png_start(shogo_png *handle, int *channels);
/// Writes the next rows, at most `limit`, each `width * channels` bytes. Rows beyond the end of the file or behind
/// damaged data are white, or copies of the row above in an interlaced picture, as long as at least half of the rows is there.
int shogo_png_rows(shogo_png *handle, uint8_t *out, uint32_t limit, uint32_t *rows);
/// After the last row: how many rows lie beyond the end of the file or behind damaged data.
uint32_t shogo_png_missing(const shogo_png *handle);
/// Whether the pixels' data are damaged: they end early for another reason than the file, or have a wrong sum.
int shogo_png_damaged(const shogo_png *handle);

/// Unpacks a zlib stream into `out`, as far as it goes; answers how many bytes that are, at most `limit`.
size_t shogo_png_inflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t limit);

/// Encodes 8-bit RGB rows as a PNG file. `out` is malloc'ed, NULL on failure; free it.
int shogo_png_write(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **out, size_t *count);
