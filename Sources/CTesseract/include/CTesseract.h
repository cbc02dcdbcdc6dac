#pragma once
#include <stdint.h>

// The part of Tesseract that Shogo uses: grey pixels in, lines of text out. Tesseract's own headers stay behind this door, so
// that nobody needs them who builds without the package trait OCR: then this target is empty, and nothing may call it.

typedef struct shogo_tesseract shogo_tesseract;

enum { SHOGO_TESSERACT_OK = 0, SHOGO_TESSERACT_FAILED = 1, SHOGO_TESSERACT_LATE = 2 };

typedef struct {
    /// UTF-8, ended by zero; valid until the next call.
    const char *text;
    /// Pixels of the page; `right` and `bottom` lie outside.
    int32_t left, top, right, bottom;
    /// 0 to 100.
    float confidence;
    /// Written from top to bottom, or a line across of a page that was turned.
    int is_vertical;
} shogo_tesseract_line;

/// Such as `5.3.0`; never NULL.
const char *shogo_tesseract_version(void);

/// `folder` holds `<language>.traineddata`; `languages` are joined by `+`. NULL when the data cannot be loaded or memory is out.
shogo_tesseract *shogo_tesseract_open(const char *folder, const char *languages);
void shogo_tesseract_close(shogo_tesseract *handle);

/// How the lines are looked for.
enum {
    /// Columns, blocks and lines, across or down, wherever they stand.
    SHOGO_TESSERACT_PAGE = 0,
    /// All the page is one block of lines from top to bottom.
    SHOGO_TESSERACT_VERTICAL_BLOCK = 1,
    /// All the page is one block of lines across.
    SHOGO_TESSERACT_BLOCK = 2
};

/// Pixels of the page; `right` and `bottom` lie outside.
typedef struct {
    int32_t left, top, right, bottom;
} shogo_tesseract_box;

/// Takes a page of `width * height` bytes, 0 is black. `dots_per_inch` is 0 when unknown. The pixels may go after the call.
void shogo_tesseract_set(
    shogo_tesseract *handle, const uint8_t *grey, int32_t width, int32_t height, int32_t dots_per_inch, int32_t layout);
/// Finds the lines of the page without reading them, in a sixth of the time, which reading it then saves. Writes at most `capacity` boxes
/// and returns how many.
int32_t shogo_tesseract_find(shogo_tesseract *handle, shogo_tesseract_box *boxes, int32_t capacity);
/// Recognises the page, on the calling thread alone. Gives up between two lines once `milliseconds` are over; finding the lines is not
/// interrupted.
int shogo_tesseract_read(shogo_tesseract *handle, int32_t milliseconds);
/// The next line of the page in reading order; returns 0 after the last.
int shogo_tesseract_next(shogo_tesseract *handle, shogo_tesseract_line *line);
