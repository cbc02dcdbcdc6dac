#include "CICU.h"

#include <unicode/ubrk.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unorm2.h>

int64_t shogo_icu_decode(const char *encoding, const char *bytes, int64_t count, uint16_t *units, int64_t capacity, int64_t *offset) {
    UErrorCode status = U_ZERO_ERROR;
    *offset = 0;
    UConverter *converter = ucnv_open(encoding, &status);
    if (U_FAILURE(status)) return -1;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    const char *source = bytes;
    UChar *target = (UChar *)units;
    ucnv_toUnicode(converter, &target, (UChar *)units + capacity, &source, bytes + count, NULL, 1, &status);
    int64_t length = target - (UChar *)units;
    if (U_FAILURE(status)) {
        char invalid[32];
        int8_t size = sizeof invalid;
        UErrorCode ignored = U_ZERO_ERROR;
        ucnv_getInvalidChars(converter, invalid, &size, &ignored);
        *offset = source - bytes - (U_SUCCESS(ignored) ? size : 0);
        length = -1;
    }
    ucnv_close(converter);
    return length;
}

int shogo_icu_knows(const char *encoding) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding, &status);
    if (U_FAILURE(status)) return 0;
    ucnv_close(converter);
    return 1;
}

int32_t shogo_icu_fold(const uint16_t *source, int32_t count, uint16_t *target, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    if (U_FAILURE(status)) return -1;
    int32_t length = unorm2_normalize(normalizer, (const UChar *)source, count, (UChar *)target, capacity, &status);
    return U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR ? -1 : length;
}

void *shogo_icu_words_open(void) {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    return U_FAILURE(status) ? NULL : words;
}

void shogo_icu_words_close(void *words) { ubrk_close(words); }

int shogo_icu_words_start(void *words, const uint16_t *text, int32_t count) {
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(words, (const UChar *)text, count, &status);
    return U_FAILURE(status) ? -1 : 0;
}

int32_t shogo_icu_words_next(void *words, int *is_word) {
    int32_t end = ubrk_next(words);
    *is_word = end != UBRK_DONE && ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT;
    return end == UBRK_DONE ? -1 : end;
}
