#include "handle.h"

#include <stdlib.h>
#include <string.h>

// What has no rows of plain samples (chroma at a lower resolution, old JPEG) goes through libtiff's own conversion, one strip
// or row of tiles at a time.

int shogo_bands_begin(shogo_tiff *handle) {
    struct bands *bands = &handle->bands;
    TIFF *tiff = handle->source.tiff;
    const shogo_tiff_page *page = &handle->page;
    char reason[1024] = "";
    if (!TIFFRGBAImageOK(tiff, reason)) return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, reason);
    uint32_t unit = page->height;
    if (page->tiled) TIFFGetField(tiff, TIFFTAG_TILELENGTH, &unit);
    else TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &unit);
    if (unit == 0 || unit > page->height) unit = page->height;
    uint32_t rows = unit;
    while (rows < 64 && rows <= page->height / 2) rows += unit;
    size_t pixels, size;
    if (__builtin_mul_overflow((size_t)rows, (size_t)page->width, &pixels)
        || __builtin_mul_overflow(pixels, sizeof(uint32_t), &size) || size > ALLOCATION_LIMIT)
        return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "one strip or tile row needs more memory than a page may use");
    if (!TIFFRGBAImageBegin(&bands->image, tiff, 1, reason)) return shogo_fail(handle, SHOGO_TIFF_UNSUPPORTED, reason);
    bands->begun = 1;
    // Equal orientations keep the stored order; Swift turns the reduced picture.
    bands->image.orientation = bands->image.req_orientation = ORIENTATION_TOPLEFT;
    bands->pixels = malloc(size);
    if (!bands->pixels) return shogo_fail(handle, SHOGO_TIFF_TOO_LARGE, "out of memory");
    bands->rows = rows;
    return SHOGO_TIFF_OK;
}

void shogo_bands_end(struct bands *bands) {
    if (bands->begun) TIFFRGBAImageEnd(&bands->image);
    free(bands->pixels);
    memset(bands, 0, sizeof *bands);
}

static int read_band(shogo_tiff *handle, uint32_t row) {
    struct bands *bands = &handle->bands;
    const uint32_t rest = handle->page.height - row, rows = rest < bands->rows ? rest : bands->rows;
    bands->image.row_offset = (int)row;
    bands->image.col_offset = 0;
    bands->count = 0;
    memset(bands->pixels, 0, (size_t)rows * handle->page.width * sizeof(uint32_t));
    if (!TIFFRGBAImageGet(&bands->image, bands->pixels, handle->page.width, rows) || handle->errors) return 0;
    bands->first = row;
    bands->count = rows;
    return 1;
}

int shogo_bands_row(shogo_tiff *handle, uint32_t row, uint8_t *out) {
    struct bands *bands = &handle->bands;
    if ((row < bands->first || row - bands->first >= bands->count) && !read_band(handle, row)) return 0;
    const uint32_t *pixel = bands->pixels + (size_t)(row - bands->first) * handle->page.width;
    for (uint32_t x = 0; x < handle->page.width; x++, pixel++) {
        // Colours come multiplied by alpha: what is missing is white paper.
        const unsigned paper = bands->image.alpha ? 255u - TIFFGetA(*pixel) : 0;
        const unsigned sums[3] = {TIFFGetR(*pixel) + paper, TIFFGetG(*pixel) + paper, TIFFGetB(*pixel) + paper};
        for (int c = 0; c < 3; c++) *out++ = (uint8_t)(sums[c] > 255 ? 255 : sums[c]);
    }
    return 1;
}
