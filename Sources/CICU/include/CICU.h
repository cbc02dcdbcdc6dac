#pragma once
#include <stdint.h>

// The part of ICU that Shogo uses. ICU's own headers stay behind this door: Foundation brings another copy of them, and the two
// do not compile together.

/// Bytes to UTF-16, strictly: a byte that means nothing in `encoding` is an error, and `*offset` tells where it stands.
/// Returns the count of units, or -1. `capacity` must be enough (twice the count of bytes and 16 are, for every encoding).
int64_t shogo_icu_decode(const char *encoding, const char *bytes, int64_t count, uint16_t *units, int64_t capacity, int64_t *offset);

/// Whether ICU has a converter of this name.
int shogo_icu_knows(const char *encoding);

/// NFKC with case folding. Returns the count of units of the whole result, or -1; when it is more than `capacity`, nothing useful
/// was written: call again with room for it.
int32_t shogo_icu_fold(const uint16_t *source, int32_t count, uint16_t *target, int32_t capacity);

/// Word boundaries (UAX 29) for one text after another; NULL when ICU has no data for them. Close it with `shogo_icu_words_close`.
void *shogo_icu_words_open(void);
void shogo_icu_words_close(void *words);
/// Starts a text, which must stay in place until the next start or the close. Returns 0, or -1 when ICU cannot.
int shogo_icu_words_start(void *words, const uint16_t *text, int32_t count);
/// The next boundary, or -1 after the last; `*is_word` tells whether letters, digits or ideographs lie before it.
int32_t shogo_icu_words_next(void *words, int *is_word);
