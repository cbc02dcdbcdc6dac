#include "entities.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name;
    uint32_t first, second;
} entity;

/// Sorted by name.
static const entity entities[] = {
#include "entity_names.inc"
};

static const entity *find(const uint8_t *name, size_t length) {
    size_t low = 0, high = sizeof entities / sizeof *entities;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const char *other = entities[middle].name;
        int order = strncmp((const char *)name, other, length);
        if (order == 0 && other[length]) order = -1;
        if (order == 0) return &entities[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

int shogo_entity(const char *name, size_t length, uint32_t characters[2]) {
    const entity *found = length > 0 && !memchr(name, 0, length) ? find((const uint8_t *)name, length) : NULL;
    if (!found) return 0;
    characters[0] = found->first;
    characters[1] = found->second;
    return found->second ? 2 : 1;
}

int shogo_entity_is_word(const char *name) {
    static const char *const words[] = {
        "prod", "part", "image", "real", "lang", "empty", "exist", "sum", "int", "and", "or", "not", "sub", "sup", "para",
        "Element", "Map", "Product", "Star", "Union", "approx", "block", "bottom", "bump", "check", "complexes", "cross", "die", "div", "dot",
        "female", "flat", "fork", "in", "integers", "it", "late", "lates", "male", "map", "marker", "models", "natural", "naturals", "num",
        "order", "period", "phone", "primes", "race", "range", "rationals", "realpart", "reals", "rect", "sharp", "square", "star", "target",
        "top", "tint",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0) return 1;
    return 0;
}

size_t shogo_entity_text(const uint32_t characters[2], int count, uint8_t *text) {
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        const uint32_t value = characters[i];
        if (value < 0x80) {
            text[length++] = (uint8_t)value;
        } else if (value < 0x800) {
            text[length++] = (uint8_t)(0xC0 | value >> 6);
            text[length++] = (uint8_t)(0x80 | (value & 0x3F));
        } else if (value < 0x10000) {
            text[length++] = (uint8_t)(0xE0 | value >> 12);
            text[length++] = (uint8_t)(0x80 | (value >> 6 & 0x3F));
            text[length++] = (uint8_t)(0x80 | (value & 0x3F));
        } else {
            text[length++] = (uint8_t)(0xF0 | value >> 18);
            text[length++] = (uint8_t)(0x80 | (value >> 12 & 0x3F));
            text[length++] = (uint8_t)(0x80 | (value >> 6 & 0x3F));
            text[length++] = (uint8_t)(0x80 | (value & 0x3F));
        }
    }
    return length;
}

static int is_letter(uint8_t byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }
static int is_alphanumeric(uint8_t byte) { return is_letter(byte) || (byte >= '0' && byte <= '9'); }

/// Whether browsers know the name without a semicolon: those of ISO 8859-1, and the four of SGML.
static int needs_no_semicolon(const entity *entity) {
    static const char *const others[] = {"amp", "AMP", "lt", "LT", "gt", "GT", "quot", "QUOT", "COPY", "REG"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(entity->name, others[i]) == 0) return 1;
    // The other names of such characters, all younger.
    static const char *const younger[] = {
        "Cedilla", "CenterDot", "DiacriticalAcute", "Dot", "DoubleDot", "NonBreakingSpace", "PlusMinus", "angst", "centerdot", "circledR", "die", "div", "half", "pm", "strns"};
    for (size_t i = 0; i < sizeof younger / sizeof *younger; i++)
        if (strcmp(entity->name, younger[i]) == 0) return 0;
    return entity->first >= 0xA0 && entity->first <= 0xFF && !entity->second;
}

/// The entity that a name of so many bytes means, and how many of them: all where a semicolon ends it, else in a text the most that browsers
/// know without, and in a tag, where addresses have ampersands, only the whole.
static const entity *named(const uint8_t *name, size_t *length, int is_ended, int is_tag, uint8_t next) {
    const entity *whole = is_ended ? find(name, *length) : NULL;
    if (whole) return whole;
    if (is_tag && (is_ended || next == '=')) return NULL;
    for (size_t part = is_tag || *length < 6 ? *length : 6; part >= 2; part--) {
        const entity *found = find(name, part);
        if (found && needs_no_semicolon(found)) {
            *length = part;
            return found;
        }
        if (is_tag) return NULL;
    }
    return NULL;
}

uint8_t *shogo_html_without_names(const uint8_t *text, size_t count, size_t *result_count) {
    const uint8_t *end = text + count, *next = memchr(text, '&', count);
    // The longest that is made of a name, `&#62;` of `&gt`, is not twice as long.
    uint8_t *result = next ? malloc(count * 2 + 16) : NULL;
    if (!result) return NULL;
    size_t filled = 0;
    int is_tag = 0;
    for (const uint8_t *at = text; at < end;) {
        if (*at == '<') is_tag = at + 1 < end && is_letter(at[1]);
        else if (*at == '>') is_tag = 0;
        size_t length = 0;
        if (*at == '&') while (length < 40 && at + 1 + length < end && is_alphanumeric(at[1 + length])) length++;
        const uint8_t *behind = at + 1 + length;
        const int is_ended = length > 0 && behind < end && *behind == ';';
        size_t used = length;
        const entity *found = length > 1 ? named(at + 1, &used, is_ended, is_tag, behind < end ? *behind : 0) : NULL;
        if (!found) {
            result[filled++] = *at++;
            continue;
        }
        const uint32_t characters[2] = {found->first, found->second};
        for (int i = 0; i < 2 && characters[i]; i++) {
            // What may be markup stays a reference.
            if (characters[i] >= 0x80) {
                filled += shogo_entity_text(characters + i, 1, result + filled);
                continue;
            }
            result[filled++] = '&';
            result[filled++] = '#';
            if (characters[i] >= 100) result[filled++] = (uint8_t)('0' + characters[i] / 100);
            if (characters[i] >= 10) result[filled++] = (uint8_t)('0' + characters[i] / 10 % 10);
            result[filled++] = (uint8_t)('0' + characters[i] % 10);
            result[filled++] = ';';
        }
        at += 1 + used + (is_ended && used == length);
    }
    *result_count = filled;
    return result;
}
