#pragma once
#include "CTIFF.h"

#include <tiffio.h>

// Inside CTIFF: a page is read in three steps, each in its own file. layout.c makes packed rows of strips, tiles and planes;
// samples.c makes 8-bit samples of packed ones; colour.c makes grey or RGB of samples. bands.c reads what is left over.

/// The largest single allocation that libtiff, a row of tiles or a band of rows may ask for.
#define ALLOCATION_LIMIT ((size_t)512 << 20)
enum {
    PLANE_LIMIT = 5,    // C, M, Y, K and alpha
    SAMPLE_LIMIT = 32,  // of one pixel
};

/// One libtiff handle on the bytes of the file.
struct source {
    TIFF *tiff;
    shogo_tiff *owner;
    uint64_t position;
    // Bytes served in place of the file's own: the byte count of a strip that the file cuts short.
    uint64_t patch_at;
    unsigned patch_size;
    uint8_t patch[8];
};

/// Where the packed rows of a page come from.
struct layout {
    int planes;  // 1 when the samples of a pixel stand together
    uint16_t plane_sample[PLANE_LIMIT];
    size_t line_bytes;
    uint8_t *line[PLANE_LIMIT];
    // Strips: each plane after the first has its own handle, so that each is read forward only.
    struct source extra[PLANE_LIMIT];
    // Tiles, and strips of codecs that know no rows: one row of blocks at a time.
    int blocked;
    uint32_t block_width, block_rows, blocks_across, first_row, held_rows;
    size_t block_row_bytes, block_bytes;
    uint8_t *blocks[PLANE_LIMIT];
};

/// How one stored sample becomes 8 bits.
struct sample_kind {
    unsigned bits;
    int real, is_signed, ranged;
    double low, high;  // the range of real or ranged samples: black to white
    uint8_t not_a_number;
};

enum colour_model { MODEL_GREY, MODEL_PALETTE, MODEL_RGB, MODEL_CMYK, MODEL_YCC, MODEL_LAB, MODEL_BANDS };

struct colour {
    enum colour_model model;
    int samples;            // of the model, without alpha
    int alpha;              // index of the alpha sample; 0 = none
    int associated;         // colours are multiplied by alpha
    int inverted;           // 0 is white
    uint8_t *palette;       // R, G, B per index
    unsigned entries;
    float luma[3], range[6];  // YCbCr
};

struct bands {
    TIFFRGBAImage image;
    int begun;
    uint32_t *pixels;
    uint32_t rows, first, count;
};

struct shogo_tiff {
    const uint8_t *bytes;
    uint64_t count;
    struct source source;
    char message[256];
    uint32_t errors, warnings;

    shogo_tiff_page page;
    uint32_t row;  // the next row to hand out
    int row_kind, fax, deflate;
    int broken;  // whether the missing rows lie behind damaged data
    uint32_t missing, repaired, garbled;  // rows: not there; warned of; with wrong codes
    struct layout layout;
    struct sample_kind kind;
    struct colour colour;
    struct bands bands;
    uint8_t *samples;   // 8-bit samples of one row
    uint16_t *indices;  // palette indices of one row
};

// source.c
int shogo_fail(shogo_tiff *handle, int code, const char *message);
/// Opens libtiff on the bytes, at the directory at `offset` unless 0.
int shogo_source_open(struct source *source, shogo_tiff *owner, uint64_t offset);
void shogo_source_close(struct source *source);
/// A number of the file in its own byte order; UINT64_MAX beyond its end.
uint64_t shogo_number_at(const shogo_tiff *handle, uint64_t at, unsigned width);
int shogo_is_big(const shogo_tiff *handle);
uint16_t shogo_short_field(TIFF *tiff, uint32_t tag, uint16_t otherwise);

// truncation.c
/// Whether a strip or tile of this page lies beyond the end of the file.
int shogo_ends_early(shogo_tiff *handle);
/// Reopens `source` so that it decodes what is there of the strip with this row, which the end of the file cuts.
int shogo_clip_strip(shogo_tiff *handle, struct source *source, uint16_t plane, uint32_t row);

// layout.c
/// Asks libtiff's codecs for 8-bit RGB or grey where they can convert better than we.
void shogo_layout_convert(const shogo_tiff *handle, TIFF *tiff);
int shogo_layout_begin(shogo_tiff *handle);
/// Whether a strip or tile may be given to libjbig: 0 when it claims another size than it has, which libjbig would believe.
int shogo_jbig_fits(const shogo_tiff *handle, uint32_t block, uint32_t width, uint32_t rows);
void shogo_layout_end(struct layout *layout);
/// Fills `layout.line` of every plane; 0 when the row cannot be decoded.
int shogo_layout_row(shogo_tiff *handle, uint32_t row);

// samples.c
int shogo_samples_begin(shogo_tiff *handle);
void shogo_samples_unpack(const struct sample_kind *kind, const uint8_t *line, size_t count, uint8_t *out);
void shogo_samples_indices(const struct sample_kind *kind, const uint8_t *line, size_t count, size_t step, uint16_t *out);
void shogo_samples_range(struct sample_kind *kind, const uint8_t *line, size_t count, size_t step, int used);
/// Settles the range of real samples after their least and greatest are known.
void shogo_samples_settle(struct sample_kind *kind);

// colour.c
int shogo_colour_begin(shogo_tiff *handle);
void shogo_colour_end(struct colour *colour);
/// One row of pixels from 8-bit samples: sample k of pixel x is at[k][x * step].
void shogo_colour_row(const struct colour *colour, const uint8_t *const at[], size_t step, size_t width, uint8_t *out);
/// Grey or RGB already in `out` over white paper, by alpha samples.
void shogo_colour_compose(int channels, int associated, const uint8_t *alpha, size_t step, size_t width, uint8_t *out);
// lab.c
/// One row of pixels from stored L*, a*, b* samples of 8 or 16 bits, `step` bytes apart.
void shogo_lab_row(const shogo_tiff_page *page, const uint8_t *const at[], size_t step, uint8_t *out);

// bands.c
int shogo_bands_begin(shogo_tiff *handle);
void shogo_bands_end(struct bands *bands);
/// One row of RGB; 0 when it cannot be decoded.
int shogo_bands_row(shogo_tiff *handle, uint32_t row, uint8_t *out);
