#pragma once
#include <stddef.h>
#include <stdint.h>

// The part of libjpeg that Shogo uses: one picture in memory as rows of 8-bit grey or RGB. libjpeg leaves a failed call
// by longjmp, which Swift cannot receive: every function here catches it and returns a code.

enum {
    SHOGO_JPEG_OK = 0,
    SHOGO_JPEG_DAMAGED = 1,
    SHOGO_JPEG_TRUNCATED = 2,
    SHOGO_JPEG_UNSUPPORTED = 3,
    SHOGO_JPEG_TOO_LARGE = 4,
};

enum { SHOGO_JPEG_GREY, SHOGO_JPEG_YCC, SHOGO_JPEG_RGB, SHOGO_JPEG_CMYK, SHOGO_JPEG_YCCK };

typedef struct shogo_jpeg shogo_jpeg;

typedef struct {
    uint32_t width, height;
    int colour, progressive;
    /// Across and down, as JFIF claims; 0 when nothing is.
    uint32_t dots_per_inch, dots_per_inch_down;
} shogo_jpeg_header;

/// NULL when memory is out.
shogo_jpeg *shogo_jpeg_create(void);
void shogo_jpeg_destroy(shogo_jpeg *handle);
/// What went wrong, in libjpeg's words; never NULL.
const char *shogo_jpeg_message(const shogo_jpeg *handle);

/// The bytes must outlive the handle.
int shogo_jpeg_read_header(shogo_jpeg *handle, const uint8_t *bytes, size_t count, shogo_jpeg_header *header);
/// Decodes at `eighths` / 8 of the size; `channels` becomes 1 (grey) or 3 (RGB).
int shogo_jpeg_start(shogo_jpeg *handle, int eighths, uint32_t *width, uint32_t *height, int *channels);
/// Writes the next rows, at most `limit`, each `width * channels` bytes. What lies beyond the end of the file is grey, or as
/// coarse as the scans before it; when less than half of the rows of any component is there, TRUNCATED. Rows with wrong codes
/// are what libjpeg makes of them; when that is more than half of the rows, DAMAGED.
int shogo_jpeg_rows(shogo_jpeg *handle, uint8_t *out, uint32_t limit, uint32_t *rows);
/// After the last row: whether the file ended before the picture did.
int shogo_jpeg_ended_early(const shogo_jpeg *handle);
/// The same for wrong codes: how many rows of blocks are not, or not all, what was stored; `total` becomes all there are. A coarse
/// picture that wrong codes only fail to refine counts one.
uint32_t shogo_jpeg_damaged_rows(const shogo_jpeg *handle, uint32_t *total);
/// After an error: how many bytes lie before it.
size_t shogo_jpeg_position(const shogo_jpeg *handle);
