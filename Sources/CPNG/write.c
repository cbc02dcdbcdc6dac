#include "CPNG.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

int shogo_png_write(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **out, size_t *count) {
    png_image image = {.version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_RGB};
    png_alloc_size_t size = 0;
    *out = NULL;
    *count = 0;
    if (!png_image_write_to_memory(&image, NULL, &size, 0, rgb, 0, NULL)) return SHOGO_PNG_TOO_LARGE;
    uint8_t *bytes = malloc(size);
    if (!bytes) return SHOGO_PNG_TOO_LARGE;
    if (!png_image_write_to_memory(&image, bytes, &size, 0, rgb, 0, NULL)) {
        free(bytes);
        return SHOGO_PNG_TOO_LARGE;
    }
    *out = bytes;
    *count = size;
    return SHOGO_PNG_OK;
}
