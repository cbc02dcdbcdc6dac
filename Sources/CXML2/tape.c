#include "tape.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t nobody = UINT32_MAX;

/// Makes room for `wanted` items; 0 without memory.
static int grow(shogo_xml_tape *tape, void *list, uint32_t *capacity, size_t wanted, size_t size) {
    if (wanted <= *capacity) return 1;
    size_t next = *capacity ? (size_t)*capacity * 2 : 64;
    if (next < wanted) next = wanted;
    void **pointer = list, *larger = next > UINT32_MAX / 2 ? NULL : realloc(*pointer, next * size);
    if (!larger) {
        if (!tape->code) tape->code = SHOGO_XML_TOO_LARGE;
        return 0;
    }
    *pointer = larger;
    *capacity = (uint32_t)next;
    return 1;
}

shogo_xml_tape *shogo_tape_new(xmlDictPtr dictionary, shogo_xml_limits limits) {
    shogo_xml_tape *tape = calloc(1, sizeof *tape);
    if (!tape) return NULL;
    tape->limits = limits;
    tape->dictionary = dictionary;
    xmlDictReference(dictionary);
    // Name 0 is that of text.
    if (grow(tape, &tape->names, &tape->name_capacity, 1, sizeof *tape->names) && (tape->counters = calloc(tape->name_capacity, sizeof *tape->counters))) {
        tape->names[0] = (shogo_xml_name){"", NULL};
        tape->tree.name_count = 1;
        return tape;
    }
    shogo_tape_free(tape);
    return NULL;
}

void shogo_tape_free(shogo_xml_tape *tape) {
    if (!tape) return;
    free(tape->nodes);
    free(tape->attributes);
    free(tape->names);
    free(tape->counters);
    free(tape->entities);
    free(tape->bytes);
    free(tape->levels);
    free(tape->undo);
    free(tape->slots);
    xmlDictFree(tape->dictionary);
    free(tape);
}

void shogo_xml_free(shogo_xml_tree *tree) { shogo_tape_free((shogo_xml_tape *)tree); }

static uint32_t slot_of(const shogo_xml_tape *tape, const xmlChar *local, const xmlChar *space) {
    const uint64_t mixed = ((uint64_t)(uintptr_t)local * 0x9E3779B97F4A7C15u) ^ ((uint64_t)(uintptr_t)space * 0xC2B2AE3D27D4EB4Fu);
    uint32_t slot = (uint32_t)(mixed >> 32) & (tape->slot_capacity - 1);
    while (tape->slots[slot].name && (tape->slots[slot].local != local || tape->slots[slot].space != space))
        slot = (slot + 1) & (tape->slot_capacity - 1);
    return slot;
}

static int rehash(shogo_xml_tape *tape) {
    const uint32_t before = tape->slot_capacity, after = before ? before * 2 : 256;
    shogo_xml_slot *old = tape->slots, *slots = calloc(after, sizeof *slots);
    if (!slots) {
        if (!tape->code) tape->code = SHOGO_XML_TOO_LARGE;
        return 0;
    }
    tape->slots = slots;
    tape->slot_capacity = after;
    for (uint32_t i = 0; i < before; i++)
        if (old[i].name) slots[slot_of(tape, old[i].local, old[i].space)] = old[i];
    free(old);
    return 1;
}

/// The number of a name; 0 without memory.
static uint32_t number_of(shogo_xml_tape *tape, const xmlChar *local, const xmlChar *space) {
    if (tape->tree.name_count * 2 >= tape->slot_capacity && !rehash(tape)) return 0;
    const uint32_t slot = slot_of(tape, local, space);
    if (tape->slots[slot].name) return tape->slots[slot].name;
    const uint32_t name = tape->tree.name_count, capacity = tape->name_capacity;
    if (!grow(tape, &tape->names, &tape->name_capacity, (size_t)name + 1, sizeof *tape->names)) return 0;
    if (tape->name_capacity != capacity) {
        shogo_xml_counter *larger = realloc(tape->counters, tape->name_capacity * sizeof *larger);
        if (!larger) {
            tape->name_capacity = capacity;
            if (!tape->code) tape->code = SHOGO_XML_TOO_LARGE;
            return 0;
        }
        tape->counters = larger;
    }
    tape->names[name] = (shogo_xml_name){(const char *)local, (const char *)space};
    tape->counters[name] = (shogo_xml_counter){nobody, 0};
    tape->slots[slot] = (shogo_xml_slot){local, space, name};
    tape->tree.name_count++;
    return name;
}

/// Copies bytes to the end of the text; where they begin, or `nobody` when there are too many.
static uint32_t keep(shogo_xml_tape *tape, const xmlChar *text, size_t count) {
    const uint32_t first = tape->tree.byte_count;
    if (count > tape->limits.text_bytes - first) {
        if (!tape->code) tape->code = SHOGO_XML_ENTITY_EXPANSION;
        return nobody;
    }
    if (!grow(tape, &tape->bytes, &tape->byte_capacity, (size_t)first + count, 1)) return nobody;
    if (count) memcpy(tape->bytes + first, text, count);
    tape->tree.byte_count += (uint32_t)count;
    return first;
}

static shogo_xml_node *new_node(shogo_xml_tape *tape) {
    if (!grow(tape, &tape->nodes, &tape->node_capacity, (size_t)tape->tree.node_count + 1, sizeof *tape->nodes)) return NULL;
    shogo_xml_node *node = &tape->nodes[tape->tree.node_count++];
    *node = (shogo_xml_node){0};
    return node;
}

void shogo_tape_begin(shogo_xml_tape *tape, const xmlChar *local, const xmlChar *space) {
    if (tape->code) return;
    if (tape->depth >= tape->limits.depth) {
        tape->code = SHOGO_XML_TOO_DEEP;
        return;
    }
    const uint32_t name = number_of(tape, local, space);
    if (!name || !grow(tape, &tape->levels, &tape->level_capacity, (size_t)tape->depth + 1, sizeof *tape->levels)) return;
    shogo_xml_level *above = tape->depth ? &tape->levels[tape->depth - 1] : NULL;
    const uint32_t parent = above ? above->node : nobody - 1;
    // A counter that served another parent is put back when this parent ends.
    shogo_xml_counter *counter = &tape->counters[name];
    if (counter->parent != parent) {
        if (!grow(tape, &tape->undo, &tape->undo_capacity, (size_t)tape->undo_count + 1, sizeof *tape->undo)) return;
        tape->undo[tape->undo_count++] = (shogo_xml_undo){name, *counter};
        *counter = (shogo_xml_counter){parent, 0};
    }
    const uint32_t index = tape->tree.node_count;
    shogo_xml_node *node = new_node(tape);
    if (!node) return;
    node->name = name;
    node->first = tape->tree.attribute_count;
    node->ordinal = ++counter->count;
    node->position = above ? ++above->child_count : 1;
    tape->levels[tape->depth++] = (shogo_xml_level){index, 0, tape->undo_count};
}

void shogo_tape_attribute(shogo_xml_tape *tape, const xmlChar *local, const xmlChar *prefix, const xmlChar *value, size_t count) {
    if (tape->code) return;
    if (prefix && strcmp((const char *)prefix, "xml") == 0) local = xmlDictQLookup(tape->dictionary, prefix, local);
    const uint32_t name = local ? number_of(tape, local, NULL) : 0;
    if (!name || !grow(tape, &tape->attributes, &tape->attribute_capacity, (size_t)tape->tree.attribute_count + 1, sizeof *tape->attributes)) return;
    const uint32_t first = keep(tape, value, count);
    if (first == nobody) return;
    tape->attributes[tape->tree.attribute_count++] = (shogo_xml_attribute){name, first, (uint32_t)count};
    tape->nodes[tape->levels[tape->depth - 1].node].count++;
}

void shogo_tape_text(shogo_xml_tape *tape, const xmlChar *text, size_t count) {
    if (tape->code || tape->depth == 0 || count == 0) return;
    // A run of text often comes in pieces.
    shogo_xml_node *last = &tape->nodes[tape->tree.node_count - 1];
    const int continues = last->name == 0 && last->end == tape->tree.node_count && last->first + last->count == tape->tree.byte_count
                          && tape->tree.node_count - 1 > tape->levels[tape->depth - 1].node && last->position == tape->depth;
    const uint32_t first = keep(tape, text, count);
    if (first == nobody) return;
    if (continues) {
        last->count += (uint32_t)count;
        return;
    }
    shogo_xml_node *node = new_node(tape);
    if (!node) return;
    node->first = first;
    node->count = (uint32_t)count;
    node->end = tape->tree.node_count;
    node->position = tape->depth;  // tells a text behind an element's end from one inside it
}

void shogo_tape_end(shogo_xml_tape *tape) {
    if (tape->code || tape->depth == 0) return;
    const shogo_xml_level level = tape->levels[--tape->depth];
    tape->nodes[level.node].end = tape->tree.node_count;
    while (tape->undo_count > level.undo) {
        const shogo_xml_undo undo = tape->undo[--tape->undo_count];
        tape->counters[undo.name] = undo.before;
    }
}

void shogo_tape_entity(shogo_xml_tape *tape, const xmlChar *name, const xmlChar *file, int is_parsed) {
    if (tape->code || !name || !file) return;
    if (!grow(tape, &tape->entities, &tape->entity_capacity, (size_t)tape->tree.entity_count + 1, sizeof *tape->entities)) return;
    const char *own_name = (const char *)xmlDictLookup(tape->dictionary, name, -1);
    const char *own_file = (const char *)xmlDictLookup(tape->dictionary, file, -1);
    if (own_name && own_file) tape->entities[tape->tree.entity_count++] = (shogo_xml_entity){own_name, own_file, (uint32_t)is_parsed};
}

shogo_xml_tree *shogo_tape_finish(shogo_xml_tape *tape) {
    tape->tree.nodes = tape->nodes;
    tape->tree.attributes = tape->attributes;
    tape->tree.names = tape->names;
    tape->tree.entities = tape->entities;
    tape->tree.bytes = tape->bytes;
    return &tape->tree;
}
