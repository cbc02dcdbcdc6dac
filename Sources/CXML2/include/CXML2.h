#pragma once
#include <stddef.h>
#include <stdint.h>

// The part of libxml2 that Shogo uses: a document in memory becomes a flat list of nodes in document order. Nothing outside the
// document is ever opened.

enum {
    SHOGO_XML_OK = 0,
    SHOGO_XML_NOT_WELL_FORMED = 1,
    /// Entities that refer to themselves, or expand beyond `text_bytes`.
    SHOGO_XML_ENTITY_EXPANSION = 2,
    SHOGO_XML_TOO_DEEP = 3,
    SHOGO_XML_TOO_LARGE = 4,
};

/// An element, or a text (name 0). The children of an element are the nodes from the one behind it up to `end`, each skipped by
/// its own `end`.
typedef struct {
    uint32_t name;
    /// One past the last node inside; for a text, one past itself.
    uint32_t end;
    /// An element's first attribute; a text's first byte.
    uint32_t first;
    /// An element's attributes; a text's bytes.
    uint32_t count;
    /// From 1, among the siblings of the same name, and among all sibling elements.
    uint32_t ordinal, position;
} shogo_xml_node;

/// A value lies in `bytes`.
typedef struct {
    uint32_t name, first, count;
} shogo_xml_attribute;

/// `space` is the namespace URI, NULL without one. An attribute's name is local, except that `xml:lang` keeps its prefix.
typedef struct {
    const char *local, *space;
} shogo_xml_name;

/// An entity that stands in another file: an unparsed one (`NDATA`), or one whose text belongs where it is referred to.
typedef struct {
    const char *name, *file;
    uint32_t is_parsed;
} shogo_xml_entity;

typedef struct {
    const shogo_xml_node *nodes;
    const shogo_xml_attribute *attributes;
    const shogo_xml_name *names;
    const shogo_xml_entity *entities;
    const uint8_t *bytes;
    uint32_t node_count, attribute_count, name_count, entity_count, byte_count;
} shogo_xml_tree;

typedef struct {
    /// Elements inside elements.
    uint32_t depth;
    /// Text and attribute values, entities expanded.
    uint32_t text_bytes;
} shogo_xml_limits;

typedef struct {
    int line;
    char words[256];
} shogo_xml_error;

/// Reads UTF-8. Node 0 is the root element. `tree` is NULL unless the result is OK; free it with `shogo_xml_free`.
int shogo_xml_read(const uint8_t *text, size_t count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error);
/// Reads HTML as browsers do, whatever is missing in it. Elements deeper than the limit are no nodes, but what they hold is read.
int shogo_xml_read_html(const uint8_t *text, size_t count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error);
/// The characters of a name of HTML's or of ISO 8879's, `nbsp`; answers how many there are, 0 for an unknown one.
int shogo_entity(const char *name, size_t length, uint32_t characters[2]);
void shogo_xml_free(shogo_xml_tree *tree);
