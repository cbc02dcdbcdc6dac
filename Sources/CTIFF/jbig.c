#include "handle.h"

// libjbig allocates and decodes what the header of its data claims, ends the process when there is no memory, and knows no limit:
// so the header is read here first (ITU-T T.82, 6.2.1).

enum { HEADER_BYTES = 20 };

static uint8_t reversed(uint8_t byte) {
    byte = (uint8_t)((byte & 0xF0) >> 4 | (byte & 0x0F) << 4);
    byte = (uint8_t)((byte & 0xCC) >> 2 | (byte & 0x33) << 2);
    return (uint8_t)((byte & 0xAA) >> 1 | (byte & 0x55) << 1);
}

static uint32_t word(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

int shogo_jbig_fits(const shogo_tiff *handle, uint32_t block, uint32_t width, uint32_t rows) {
    if (handle->page.compression != COMPRESSION_JBIG) return 1;
    TIFF *tiff = handle->source.tiff;
    const uint64_t start = TIFFGetStrileOffset(tiff, block), count = TIFFGetStrileByteCount(tiff, block);
    if (count < HEADER_BYTES || start > handle->count || handle->count - start < HEADER_BYTES) return 0;
    // The bits of a TIFF are in the other order than libjbig's, unless the fill order says otherwise.
    uint16_t order = FILLORDER_MSB2LSB;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_FILLORDER, &order);
    uint8_t header[HEADER_BYTES];
    for (int i = 0; i < HEADER_BYTES; i++) {
        const uint8_t byte = handle->bytes[start + (uint64_t)i];
        header[i] = order == FILLORDER_MSB2LSB ? reversed(byte) : byte;
    }
    const uint8_t lowest = header[0], highest = header[1], planes = header[2];
    const uint32_t across = word(header + 4), down = word(header + 8), stripe = word(header + 12);
    // A height of all ones is told by a later marker; libjbig grows for it, so it is not taken.
    return lowest <= highest && highest <= 8 && planes == 1 && across == width && down >= 1 && down <= rows && stripe >= 1 && stripe <= down;
}
