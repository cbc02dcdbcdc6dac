#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

// A progressive picture needs about ten scans; thousands are an attack on time.
static const int scan_limit = 500;

struct shogo_jpeg {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    int code;     // SHOGO_JPEG_*, of the first error or serious warning
    char message[JMSG_LENGTH_MAX];
    uint8_t *line;  // one CMYK row
    // What was there when the file ended: components (as bits) of the scan being read, of finished scans, and the row of
    // blocks that the scan had come to.
    int ended, scan;
    unsigned current, finished;
    uint32_t rows_begun;
    // Wrong codes: rows of blocks that have them or lie beyond them, and the last one, by scan and row.
    uint32_t damaged, damaged_row;
    int damaged_scan;
    size_t count;
};

/// Components are told apart by their index, at most MAX_COMPONENTS.
static void follow_scans(shogo_jpeg *handle) {
    const struct jpeg_decompress_struct *info = &handle->info;
    if (handle->ended) return;
    if (info->input_scan_number != handle->scan) {
        handle->finished |= handle->current;
        handle->scan = info->input_scan_number;
    }
    handle->current = 0;
    for (int i = 0; i < info->comps_in_scan; i++)
        if (info->cur_comp_info[i]) handle->current |= 1u << info->cur_comp_info[i]->component_index;
}

/// Whether the file ended before half of the rows were there for every component. A later scan only refines.
static int lacks_half(const shogo_jpeg *handle) {
    if (!handle->ended) return 0;
    const unsigned all = (1u << handle->info.num_components) - 1;
    if ((handle->finished & all) == all) return 0;
    return ((handle->finished | handle->current) & all) != all || handle->rows_begun < (handle->info.total_iMCU_rows + 1) / 2;
}

/// Notes wrong codes in the row of blocks being read. What follows them is decoded as it comes: the codes find their places again, but
/// after `stop`, an unexpected marker, libjpeg fills the scan, or the interval between two restart markers, with nothing.
static void note_damage(shogo_jpeg *handle, int stop) {
    const struct jpeg_decompress_struct *info = &handle->info;
    follow_scans(handle);
    if (!handle->message[0]) handle->errors.format_message((j_common_ptr)info, handle->message);
    const uint32_t row = info->input_iMCU_row, first = handle->damaged == 0;
    const int refines = (handle->finished & handle->current) == handle->current;
    if (refines) {
        handle->damaged += first;
    } else if (first || handle->damaged_scan != info->input_scan_number || handle->damaged_row != row) {
        handle->damaged += stop && info->restart_interval == 0 && info->total_iMCU_rows > row ? info->total_iMCU_rows - row : 1;
        handle->damaged_scan = info->input_scan_number;
        handle->damaged_row = row;
    } else if (stop && info->restart_interval == 0 && info->total_iMCU_rows > row + 1) {
        handle->damaged += info->total_iMCU_rows - row - 1;
    }
}

static int code_of(int message_code) {
    switch (message_code) {
        case JWRN_JPEG_EOF:
        case JERR_INPUT_EOF:
        case JERR_INPUT_EMPTY:
            return SHOGO_JPEG_TRUNCATED;
        case JERR_BAD_PRECISION:
        case JERR_SOF_UNSUPPORTED:
        case JERR_ARITH_NOTIMPL:
        case JERR_NOTIMPL:
        case JERR_NOT_COMPILED:
        case JERR_CONVERSION_NOTIMPL:
        case JERR_CCIR601_NOTIMPL:
        case JERR_FRACT_SAMPLE_NOTIMPL:
        case JERR_COMPONENT_COUNT:
        case JERR_BAD_J_COLORSPACE:
            return SHOGO_JPEG_UNSUPPORTED;
        case JERR_OUT_OF_MEMORY:
        case JERR_NO_BACKING_STORE:
        case JERR_IMAGE_TOO_BIG:
        case JERR_WIDTH_OVERFLOW:
            return SHOGO_JPEG_TOO_LARGE;
        default:
            return SHOGO_JPEG_DAMAGED;
    }
}

static void note(shogo_jpeg *handle, int code) {
    if (handle->code) return;
    handle->code = code;
    handle->errors.format_message((j_common_ptr)&handle->info, handle->message);
}

static void on_exit_request(j_common_ptr common) {
    shogo_jpeg *handle = common->client_data;
    note(handle, handle->ended ? SHOGO_JPEG_TRUNCATED : code_of(common->err->msg_code));
    longjmp(handle->escape, 1);
}

static void on_message(j_common_ptr common, int level) {
    if (level >= 0) return;
    common->err->num_warnings++;
    switch (common->err->msg_code) {
        case JWRN_EXTRANEOUS_DATA:  // padding between segments, which the picture survives
        case JWRN_JFIF_MAJOR:
        case JWRN_ADOBE_XFORM:
        case JWRN_NOT_SEQUENTIAL:
        case JWRN_TOO_MUCH_DATA:
            return;
        case JWRN_JPEG_EOF: {
            shogo_jpeg *handle = common->client_data;
            if (handle->ended) return;
            follow_scans(handle);
            handle->rows_begun = handle->info.input_iMCU_row;
            handle->ended = 1;
            return;
        }
        case JWRN_HIT_MARKER:  // follows from it
            if (((shogo_jpeg *)common->client_data)->ended) return;
            note_damage(common->client_data, 1);
            return;
        case JWRN_HUFF_BAD_CODE:
        case JWRN_ARITH_BAD_CODE:
        case JWRN_BOGUS_PROGRESSION:
        case JWRN_MUST_RESYNC:
            note_damage(common->client_data, 0);
            return;
        default:
            note(common->client_data, code_of(common->err->msg_code));
    }
}

static void on_print(j_common_ptr common) { (void)common; }

static void on_progress(j_common_ptr common) {
    shogo_jpeg *handle = common->client_data;
    follow_scans(handle);
    if (!common->is_decompressor || handle->info.input_scan_number <= scan_limit) return;
    if (!handle->code) {
        handle->code = SHOGO_JPEG_DAMAGED;
        snprintf(handle->message, sizeof handle->message, "more than %d scans", scan_limit);
    }
    longjmp(handle->escape, 1);
}

shogo_jpeg *shogo_jpeg_create(void) {
    shogo_jpeg *handle = calloc(1, sizeof *handle);
    if (!handle) return NULL;
    handle->info.err = jpeg_std_error(&handle->errors);
    handle->errors.error_exit = on_exit_request;
    handle->errors.emit_message = on_message;
    handle->errors.output_message = on_print;
    handle->info.client_data = handle;
    if (setjmp(handle->escape)) {
        free(handle);
        return NULL;
    }
    jpeg_create_decompress(&handle->info);
    handle->progress.progress_monitor = on_progress;
    handle->info.progress = &handle->progress;
    return handle;
}

void shogo_jpeg_destroy(shogo_jpeg *handle) {
    if (!handle) return;
    if (!setjmp(handle->escape)) jpeg_destroy_decompress(&handle->info);
    free(handle->line);
    free(handle);
}

const char *shogo_jpeg_message(const shogo_jpeg *handle) {
    return handle && handle->message[0] ? handle->message : "no further detail";
}

static int unsupported(shogo_jpeg *handle, const char *message) {
    handle->code = SHOGO_JPEG_UNSUPPORTED;
    snprintf(handle->message, sizeof handle->message, "%s", message);
    return handle->code;
}

static int short_of_half(shogo_jpeg *handle) {
    handle->code = SHOGO_JPEG_TRUNCATED;
    snprintf(handle->message, sizeof handle->message, "the file ends before half of the picture");
    return handle->code;
}

static uint32_t per_inch(const struct jpeg_decompress_struct *info, unsigned density) {
    return !info->saw_JFIF_marker || info->density_unit == 0 ? 0 : info->density_unit == 1 ? density : (density * 254u + 50) / 100;
}

int shogo_jpeg_read_header(shogo_jpeg *handle, const uint8_t *bytes, size_t count, shogo_jpeg_header *header) {
    handle->count = count;
    if (setjmp(handle->escape)) return handle->code;
    jpeg_mem_src(&handle->info, bytes, (unsigned long)count);
    jpeg_read_header(&handle->info, TRUE);
    if (handle->code) return handle->code;
    if (handle->ended) return short_of_half(handle);
    if (handle->info.data_precision != 8) return unsupported(handle, "its samples have more than 8 bits");
    if (handle->info.arith_code) return unsupported(handle, "arithmetic coding");
    header->width = handle->info.image_width;
    header->height = handle->info.image_height;
    header->progressive = handle->info.progressive_mode;
    header->dots_per_inch = per_inch(&handle->info, handle->info.X_density);
    header->dots_per_inch_down = per_inch(&handle->info, handle->info.Y_density);
    switch (handle->info.jpeg_color_space) {
        case JCS_GRAYSCALE: header->colour = SHOGO_JPEG_GREY; break;
        case JCS_YCbCr: header->colour = SHOGO_JPEG_YCC; break;
        case JCS_RGB: header->colour = SHOGO_JPEG_RGB; break;
        case JCS_CMYK: header->colour = SHOGO_JPEG_CMYK; break;
        case JCS_YCCK: header->colour = SHOGO_JPEG_YCCK; break;
        default: return unsupported(handle, "its colour model is not known");
    }
    return SHOGO_JPEG_OK;
}

int shogo_jpeg_start(shogo_jpeg *handle, int eighths, uint32_t *width, uint32_t *height, int *channels) {
    if (setjmp(handle->escape)) return handle->code;
    struct jpeg_decompress_struct *info = &handle->info;
    info->scale_num = (unsigned)eighths;
    info->scale_denom = 8;
    info->out_color_space = info->jpeg_color_space == JCS_GRAYSCALE                                      ? JCS_GRAYSCALE
                            : info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK ? JCS_CMYK
                                                                                                         : JCS_RGB;
    jpeg_start_decompress(info);
    if (info->out_color_space == JCS_CMYK) {
        handle->line = malloc((size_t)info->output_width * 4);
        if (!handle->line) return SHOGO_JPEG_TOO_LARGE;
    }
    *width = info->output_width;
    *height = info->output_height;
    *channels = info->out_color_space == JCS_GRAYSCALE ? 1 : 3;
    return SHOGO_JPEG_OK;
}

int shogo_jpeg_rows(shogo_jpeg *handle, uint8_t *out, uint32_t limit, uint32_t *rows) {
    *rows = 0;
    if (setjmp(handle->escape)) return handle->code;
    struct jpeg_decompress_struct *info = &handle->info;
    const size_t width = info->output_width;
    while (*rows < limit && info->output_scanline < info->output_height) {
        JSAMPROW row = handle->line ? handle->line : out;
        if (jpeg_read_scanlines(info, &row, 1) != 1) return SHOGO_JPEG_TRUNCATED;
        if (handle->line) {
            // Adobe writes ink as 255 - ink.
            const int inverted = info->saw_Adobe_marker;
            for (size_t x = 0; x < width; x++) {
                const uint8_t *ink = handle->line + 4 * x;
                const unsigned light = inverted ? ink[3] : 255u - ink[3];
                for (int c = 0; c < 3; c++)
                    out[3 * x + (size_t)c] = (uint8_t)(((inverted ? ink[c] : 255u - ink[c]) * light + 127) / 255);
            }
            out += width * 3;
        } else {
            out += width * (size_t)info->output_components;
        }
        ++*rows;
    }
    if (handle->code) return handle->code;
    if (lacks_half(handle)) return short_of_half(handle);
    return handle->damaged > info->total_iMCU_rows / 2 ? SHOGO_JPEG_DAMAGED : SHOGO_JPEG_OK;
}

int shogo_jpeg_ended_early(const shogo_jpeg *handle) { return handle->ended; }

uint32_t shogo_jpeg_damaged_rows(const shogo_jpeg *handle, uint32_t *total) {
    *total = handle->info.total_iMCU_rows;
    return handle->damaged < *total ? handle->damaged : *total;
}

size_t shogo_jpeg_position(const shogo_jpeg *handle) {
    const struct jpeg_source_mgr *source = handle->info.src;
    return source && source->bytes_in_buffer <= handle->count ? handle->count - source->bytes_in_buffer : 0;
}
