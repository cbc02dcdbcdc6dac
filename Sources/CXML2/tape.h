#pragma once
#include "CXML2.h"

#include <libxml/tree.h>

// Builds a shogo_xml_tree from the events of a parser. Every call fails softly: once `code` is set, the rest is ignored.

typedef struct {
    uint32_t node, child_count;
    uint32_t undo;  // length of the undo list when the element began
} shogo_xml_level;

/// Counts siblings of one name below `parent`.
typedef struct {
    uint32_t parent, count;
} shogo_xml_counter;

typedef struct {
    uint32_t name;
    shogo_xml_counter before;
} shogo_xml_undo;

typedef struct {
    const xmlChar *local, *space;
    uint32_t name;
} shogo_xml_slot;

typedef struct {
    shogo_xml_tree tree;  // first: freeing the tree frees the tape
    shogo_xml_limits limits;
    int code;
    xmlDictPtr dictionary;
    shogo_xml_node *nodes;
    shogo_xml_attribute *attributes;
    shogo_xml_name *names;
    shogo_xml_counter *counters;  // one per name
    shogo_xml_entity *entities;
    uint8_t *bytes;
    shogo_xml_level *levels;
    shogo_xml_undo *undo;
    shogo_xml_slot *slots;  // open addressing: names by their dictionary pointers
    uint32_t node_capacity, attribute_capacity, name_capacity, entity_capacity, byte_capacity, level_capacity, undo_capacity, slot_capacity;
    uint32_t depth, undo_count;
} shogo_xml_tape;

/// Holds a reference to `dictionary`. NULL without memory.
shogo_xml_tape *shogo_tape_new(xmlDictPtr dictionary, shogo_xml_limits limits);
void shogo_tape_free(shogo_xml_tape *tape);
/// Names must come from the tape's dictionary.
void shogo_tape_begin(shogo_xml_tape *tape, const xmlChar *local, const xmlChar *space);
void shogo_tape_attribute(shogo_xml_tape *tape, const xmlChar *local, const xmlChar *prefix, const xmlChar *value, size_t count);
void shogo_tape_text(shogo_xml_tape *tape, const xmlChar *text, size_t count);
void shogo_tape_end(shogo_xml_tape *tape);
void shogo_tape_entity(shogo_xml_tape *tape, const xmlChar *name, const xmlChar *file, int is_parsed);
/// Fills in the public view.
shogo_xml_tree *shogo_tape_finish(shogo_xml_tape *tape);
