#pragma once
#include "CXML2.h"

/// Whether the name of a sign is also a word: the name of a product or a file, as likely, where no standard set of entities is named.
int shogo_entity_is_word(const char *name);
/// Writes the characters as UTF-8, at most 8 bytes; answers how many.
size_t shogo_entity_text(const uint32_t characters[2], int count, uint8_t *text);
/// HTML with all names of characters as these characters, also those that libxml2 does not know or that no semicolon ends. NULL where
/// nothing is to be done or there is no memory; else to be freed.
uint8_t *shogo_html_without_names(const uint8_t *text, size_t count, size_t *result_count);
