#include "CPNG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>
#include <zlib.h>

// An interlaced picture is held whole while it is decoded; others row by row.
static const size_t whole_limit = (size_t)512 << 20;

struct shogo_png {
    png_structp png;
    png_infop info;
    const uint8_t *bytes;
    size_t count, position;
    int ended;
    int decodes, damaged;  // whether pixels are being read, and whether any of their bytes were not those that were written
    char message[200];

    uint32_t width, height, row, missing;
    int channels, alpha, pass, passes;
    size_t row_bytes;
    uint8_t *line;    // one decoded row with alpha
    uint8_t *whole;   // all decoded rows of an interlaced picture
    png_bytepp rows;  // pointers into `whole`
};

static void on_error(png_structp png, png_const_charp message) {
    shogo_png *handle = png_get_error_ptr(png);
    if (!handle->message[0]) snprintf(handle->message, sizeof handle->message, "%s", message);
    png_longjmp(png, 1);
}

/// A chunk of pixels with a wrong sum is used as it is; nothing else that libpng warns of changes them.
static void on_warning(png_structp png, png_const_charp message) {
    shogo_png *handle = png_get_error_ptr(png);
    if (!handle->decodes || !strstr(message, "CRC")) return;
    handle->damaged = 1;
    if (!handle->message[0]) snprintf(handle->message, sizeof handle->message, "%s", message);
}

static void read_bytes(png_structp png, png_bytep out, size_t wanted) {
    shogo_png *handle = png_get_io_ptr(png);
    if (wanted > handle->count - handle->position) {
        handle->ended = 1;
        png_error(png, "the file ends early");
    }
    memcpy(out, handle->bytes + handle->position, wanted);
    handle->position += wanted;
}

shogo_png *shogo_png_create(void) {
    shogo_png *handle = calloc(1, sizeof *handle);
    if (!handle) return NULL;
    handle->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, handle, on_error, on_warning);
    if (handle->png) handle->info = png_create_info_struct(handle->png);
    if (!handle->info) {
        shogo_png_destroy(handle);
        return NULL;
    }
    return handle;
}

void shogo_png_destroy(shogo_png *handle) {
    if (!handle) return;
    if (handle->png) png_destroy_read_struct(&handle->png, &handle->info, NULL);
    free(handle->line);
    free(handle->rows);
    free(handle->whole);
    free(handle);
}

const char *shogo_png_message(const shogo_png *handle) {
    return handle && handle->message[0] ? handle->message : "no further detail";
}

static int failure(const shogo_png *handle) { return handle->ended ? SHOGO_PNG_TRUNCATED : SHOGO_PNG_DAMAGED; }

int shogo_png_read_header(shogo_png *handle, const uint8_t *bytes, size_t count, shogo_png_header *header) {
    if (setjmp(png_jmpbuf(handle->png))) return failure(handle);
    handle->bytes = bytes;
    handle->count = count;
    png_set_read_fn(handle->png, handle, read_bytes);
    png_set_user_limits(handle->png, 0x7fffffff, 0x7fffffff);
    png_set_chunk_malloc_max(handle->png, 32 << 20);
    // libpng reserves and clears what such a chunk claims to hold, up to 2 GiB, before it reads a byte. None of them changes a pixel.
    static const png_byte unused[] = "tEXt\0zTXt\0iTXt\0iCCP\0sPLT\0hIST\0pCAL\0sCAL\0";
    png_set_keep_unknown_chunks(handle->png, PNG_HANDLE_CHUNK_NEVER, unused, (int)(sizeof unused / 5));
    png_read_info(handle->png, handle->info);
    memset(header, 0, sizeof *header);
    header->width = handle->width = png_get_image_width(handle->png, handle->info);
    header->height = handle->height = png_get_image_height(handle->png, handle->info);
    header->bits = png_get_bit_depth(handle->png, handle->info);
    header->colour = png_get_color_type(handle->png, handle->info);
    int unit;
    png_get_pHYs(handle->png, handle->info, &header->across, &header->down, &unit);
    const uint32_t per_metre = png_get_x_pixels_per_meter(handle->png, handle->info);
    header->dots_per_inch = per_metre <= 4000000 ? (per_metre * 254u + 5000) / 10000 : 0;
    header->interlaced = png_get_interlace_type(handle->png, handle->info) != PNG_INTERLACE_NONE;
    header->alpha = (header->colour & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(handle->png, handle->info, PNG_INFO_tRNS) != 0;
    png_uint_32 exif_count = 0;
    png_bytep exif = NULL;
    if (png_get_eXIf_1(handle->png, handle->info, &exif_count, &exif) && exif) {
        header->exif = exif;
        header->exif_count = exif_count;
    }
    return SHOGO_PNG_OK;
}

/// Reads all passes. The last holds the odd rows, half of the picture: without it the others are kept, each row twice.
static int read_passes(shogo_png *handle, int *channels) {
    *channels = handle->channels;
    if (setjmp(png_jmpbuf(handle->png))) {
        if (handle->pass < handle->passes - 1) return failure(handle);
        if (!handle->ended) handle->damaged = 1;
        for (uint32_t y = handle->row | 1; y < handle->height; y += 2, handle->missing++)
            memcpy(handle->rows[y], handle->rows[y - 1], handle->row_bytes);
        handle->row = 0;
        return SHOGO_PNG_OK;
    }
    for (handle->pass = 0; handle->pass < handle->passes; handle->pass++)
        for (handle->row = 0; handle->row < handle->height; handle->row++)
            png_read_row(handle->png, handle->rows[handle->row], NULL);
    handle->row = 0;
    return SHOGO_PNG_OK;
}

int shogo_png_start(shogo_png *handle, int *channels) {
    if (setjmp(png_jmpbuf(handle->png))) return failure(handle);
    // From here on: a header or a palette with a wrong sum is none.
    png_set_crc_action(handle->png, PNG_CRC_WARN_USE, PNG_CRC_DEFAULT);
    handle->decodes = 1;
    png_set_scale_16(handle->png);
    png_set_expand(handle->png);
    handle->passes = png_set_interlace_handling(handle->png);
    png_read_update_info(handle->png, handle->info);
    const int colour = png_get_color_type(handle->png, handle->info);
    handle->alpha = (colour & PNG_COLOR_MASK_ALPHA) != 0;
    handle->channels = colour & PNG_COLOR_MASK_COLOR ? 3 : 1;
    handle->row_bytes = png_get_rowbytes(handle->png, handle->info);
    if (handle->row_bytes != (size_t)handle->width * (size_t)(handle->channels + handle->alpha)) {
        snprintf(handle->message, sizeof handle->message, "its rows have no usable size");
        return SHOGO_PNG_DAMAGED;
    }
    if (handle->passes > 1) {
        size_t size;
        if (__builtin_mul_overflow(handle->row_bytes, (size_t)handle->height, &size) || size > whole_limit) {
            snprintf(handle->message, sizeof handle->message, "an interlaced picture of this size needs too much memory");
            return SHOGO_PNG_TOO_LARGE;
        }
        handle->whole = calloc(1, size);
        handle->rows = calloc(handle->height, sizeof *handle->rows);
        if (!handle->whole || !handle->rows) return SHOGO_PNG_TOO_LARGE;
        for (uint32_t y = 0; y < handle->height; y++) handle->rows[y] = handle->whole + handle->row_bytes * y;
        return read_passes(handle, channels);
    } else {
        handle->line = malloc(handle->row_bytes);
        if (!handle->line) return SHOGO_PNG_TOO_LARGE;
    }
    *channels = handle->channels;
    return SHOGO_PNG_OK;
}

static void write_row(const shogo_png *handle, const uint8_t *line, uint8_t *out) {
    if (!handle->alpha) {
        memcpy(out, line, handle->row_bytes);
        return;
    }
    const size_t colours = (size_t)handle->channels;
    for (uint32_t x = 0; x < handle->width; x++, line += colours + 1) {
        const unsigned alpha = line[colours];
        for (size_t c = 0; c < colours; c++) *out++ = (uint8_t)((line[c] * alpha + 255u * (255u - alpha) + 127) / 255);
    }
}

int shogo_png_rows(shogo_png *handle, uint8_t *out, uint32_t limit, uint32_t *rows) {
    *rows = 0;
    const size_t row_bytes = (size_t)handle->width * (size_t)handle->channels;
    if (setjmp(png_jmpbuf(handle->png))) {
        if (handle->row < handle->height - handle->height / 2) return failure(handle);
        if (!handle->ended) handle->damaged = 1;
        handle->missing = handle->height - handle->row;
    }
    while (*rows < limit && handle->row < handle->height) {
        uint8_t *to = out + row_bytes * *rows;
        if (handle->missing && !handle->rows) {
            memset(to, 255, row_bytes);
        } else {
            if (!handle->rows) png_read_row(handle->png, handle->line, NULL);
            write_row(handle, handle->rows ? handle->rows[handle->row] : handle->line, to);
        }
        handle->row++;
        ++*rows;
    }
    return SHOGO_PNG_OK;
}

uint32_t shogo_png_missing(const shogo_png *handle) { return handle->missing; }

int shogo_png_damaged(const shogo_png *handle) { return handle->damaged; }

size_t shogo_png_inflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t limit) {
    z_stream stream = {0};
    if (count > UINT32_MAX || limit > UINT32_MAX || inflateInit(&stream) != Z_OK) return 0;
    // zlib reads through this pointer only.
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)limit;
    inflate(&stream, Z_FINISH);
    const size_t written = limit - stream.avail_out;
    inflateEnd(&stream);
    return written;
}
