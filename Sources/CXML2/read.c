#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // memmem
#endif
#include "entities.h"
#include "tape.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// No entity that lives outside the document is ever opened: not from disk, not from a network.
static xmlParserInputPtr open_nothing(const char *url, const char *identifier, xmlParserCtxtPtr context) {
    (void)url;
    (void)identifier;
    (void)context;
    return NULL;
}

static void stay_silent(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static void prepare_library(void) {
    xmlInitParser();
    // libxml2 knows one loader per process, not one per document.
    xmlSetExternalEntityLoader(open_nothing);
}

static void prepare(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_library);
    // Errors come back as values; the printer belongs to the thread.
    xmlSetGenericErrorFunc(NULL, stay_silent);
}

/// What the callbacks of a parser know.
typedef struct {
    shogo_xml_tape *tape;
    xmlParserCtxtPtr parser;
    int standard_names;
} reading;

static void stop_if_failed(const reading *reading) {
    if (reading->tape->code) xmlStopParser(reading->parser);
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *space, int namespace_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes) {
    (void)prefix;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted;
    const reading *reading = context;
    shogo_tape_begin(reading->tape, local, space);
    for (int i = 0; i < attribute_count; i++, attributes += 5)
        shogo_tape_attribute(reading->tape, attributes[0], attributes[1], attributes[3], (size_t)(attributes[4] - attributes[3]));
    stop_if_failed(reading);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *space) {
    (void)local;
    (void)prefix;
    (void)space;
    shogo_tape_end(((const reading *)context)->tape);
}

static void on_text(void *context, const xmlChar *text, int count) {
    const reading *reading = context;
    shogo_tape_text(reading->tape, text, count < 0 ? 0 : (size_t)count);
    stop_if_failed(reading);
}

/// An entity that is declared in a DTD that is not opened. The names of signs are common knowledge; any other stays as it is written,
/// so that nothing vanishes.
static void add_reference(shogo_xml_tape *tape, const xmlChar *name, int standard_names) {
    if (name[0] == '#') return;
    if (name[0] == '&') name++;
    const char *plain = (const char *)name;
    uint32_t characters[2];
    const size_t length = strlen(plain);
    const int known = standard_names || !shogo_entity_is_word(plain) ? shogo_entity(plain, length, characters) : 0;
    if (known) {
        uint8_t text[8];
        shogo_tape_text(tape, text, shogo_entity_text(characters, known, text));
        return;
    }
    const int closed = length > 0 && plain[length - 1] == ';';
    shogo_tape_text(tape, (const xmlChar *)"&", 1);
    shogo_tape_text(tape, name, length);
    if (!closed) shogo_tape_text(tape, (const xmlChar *)";", 1);
}

static void on_reference(void *context, const xmlChar *name) {
    const reading *reading = context;
    // In an attribute it is no part of the text.
    if (reading->parser->instate == XML_PARSER_ATTRIBUTE_VALUE) return;
    add_reference(reading->tape, name, reading->standard_names);
    stop_if_failed(reading);
}

/// Whether the document type names a standard set of entities: then every name of it is that of a sign.
static int names_standard_set(const uint8_t *text, size_t count) {
    const size_t head = count < 16384 ? count : 16384;
    static const char *const marks[] = {"ISO 8879", "ISO 9573", "ISOEnt", "isoent", "//DTD XHTML", "//ENTITIES ISO", "//ENTITIES Latin", "xhtml-lat1"};
    const uint8_t *begin = memmem(text, head, "<!DOCTYPE", 9);
    for (size_t i = 0; begin && i < sizeof marks / sizeof *marks; i++)
        if (memmem(begin, head - (size_t)(begin - text), marks[i], strlen(marks[i]))) return 1;
    return 0;
}

/// Copies a tree of libxml2 without recursion.
static void copy(shogo_xml_tape *tape, xmlNodePtr root, int standard_names) {
    xmlNodePtr node = root;
    while (node && !tape->code) {
        int inside = 0;
        switch (node->type) {
            case XML_ELEMENT_NODE:
                shogo_tape_begin(tape, xmlDictLookup(tape->dictionary, node->name, -1), node->ns && node->ns->href ? xmlDictLookup(tape->dictionary, node->ns->href, -1) : NULL);
                for (xmlAttrPtr attribute = node->properties; attribute && !tape->code; attribute = attribute->next) {
                    xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);
                    shogo_tape_attribute(tape, xmlDictLookup(tape->dictionary, attribute->name, -1), attribute->ns ? attribute->ns->prefix : NULL,
                                         value ? value : (const xmlChar *)"", value ? (size_t)xmlStrlen(value) : 0);
                    xmlFree(value);
                }
                inside = 1;
                break;
            case XML_TEXT_NODE:
            case XML_CDATA_SECTION_NODE:
                if (node->content) shogo_tape_text(tape, node->content, (size_t)xmlStrlen(node->content));
                break;
            case XML_ENTITY_REF_NODE:
                // Its children belong to its declaration.
                if (!node->children && node->name) add_reference(tape, node->name, standard_names);
                break;
            default: break;
        }
        if (inside && node->children) {
            node = node->children;
            continue;
        }
        if (inside) shogo_tape_end(tape);
        while (node != root && !node->next) {
            node = node->parent;
            shogo_tape_end(tape);
        }
        node = node == root ? NULL : node->next;
    }
}

static void copy_entities(shogo_xml_tape *tape, xmlDtdPtr subset) {
    for (xmlNodePtr node = subset ? subset->children : NULL; node; node = node->next) {
        if (node->type != XML_ENTITY_DECL) continue;
        const xmlEntity *entity = (const xmlEntity *)node;
        if (entity->etype == XML_EXTERNAL_GENERAL_UNPARSED_ENTITY) shogo_tape_entity(tape, entity->name, entity->SystemID, 0);
        // What `on_entity` made of one in another file.
        if (entity->etype == XML_INTERNAL_GENERAL_ENTITY) shogo_tape_entity(tape, entity->name, entity->SystemID, 1);
    }
}

static int has(const char *words, const char *part) { return words && strstr(words, part) != NULL; }

/// What stopped the parser, by its last error.
static int code_of(xmlParserCtxtPtr parser, shogo_xml_error *error) {
    const xmlError *last = xmlCtxtGetLastError(parser);
    error->line = last && last->line > 0 ? last->line : 1;
    size_t count = 0;
    for (const char *at = last && last->message ? last->message : "not XML"; *at && count + 1 < sizeof error->words; at++)
        error->words[count++] = *at == '\n' ? ' ' : *at;
    while (count > 0 && error->words[count - 1] == ' ') count--;
    error->words[count] = 0;
    if (!last) return SHOGO_XML_NOT_WELL_FORMED;
    // Codes where there are codes; libxml2 gives XML_ERR_INTERNAL_ERROR to most of its limits.
    switch (last->code) {
        case XML_ERR_ENTITY_LOOP: return SHOGO_XML_ENTITY_EXPANSION;
        case XML_ERR_NO_MEMORY:
        case XML_ERR_NAME_TOO_LONG: return SHOGO_XML_TOO_LARGE;
        default: break;
    }
    if (has(error->words, "amplification")) return SHOGO_XML_ENTITY_EXPANSION;
    if (has(error->words, "xcessive depth")) return SHOGO_XML_TOO_DEEP;
    if (has(error->words, "uge input") || has(error->words, "huge text") || has(error->words, "too long") || has(error->words, "too big"))
        return SHOGO_XML_TOO_LARGE;
    return SHOGO_XML_NOT_WELL_FORMED;
}

static int answer(shogo_xml_tape *tape, xmlParserCtxtPtr parser, int well_formed, shogo_xml_tree **tree, shogo_xml_error *error) {
    int code = tape->code;
    if (code) {
        error->line = parser->input ? parser->input->line : 0;
    } else if (!well_formed) {
        code = code_of(parser, error);
    } else if (tape->tree.node_count == 0) {
        code = SHOGO_XML_NOT_WELL_FORMED;
        strcpy(error->words, "the document has no element");
        error->line = 1;
    }
    if (code) {
        shogo_tape_free(tape);
        return code;
    }
    *tree = shogo_tape_finish(tape);
    return SHOGO_XML_OK;
}

/// Without entities there is nothing to expand: the parser's events are the document.
static int read_events(xmlParserCtxtPtr parser, const uint8_t *text, int count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error) {
    shogo_xml_tape *tape = shogo_tape_new(parser->dict, limits);
    if (!tape) return SHOGO_XML_TOO_LARGE;
    reading reading = {tape, parser, names_standard_set(text, (size_t)count)};
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->characters = parser->sax->ignorableWhitespace = parser->sax->cdataBlock = on_text;
    parser->sax->reference = on_reference;
    parser->userData = &reading;
    // What the declaration says of the encoding is known and done: the text is UTF-8 by now.
    const int options = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC;
    xmlDocPtr document = xmlCtxtReadMemory(parser, (const char *)text, count, NULL, "UTF-8", options);
    if (document) xmlFreeDoc(document);
    return answer(tape, parser, parser->wellFormed, tree, error);
}

/// What lies in another file is never opened: a general entity stays as it is written, a parameter entity adds no declaration.
static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *identifier, const xmlChar *file, xmlChar *content) {
    xmlChar written[256];
    switch (type) {
        case XML_EXTERNAL_GENERAL_PARSED_ENTITY:
            if (xmlStrPrintf(written, sizeof written, "&#38;%s;", name) >= (int)sizeof written) written[0] = 0;
            xmlSAX2EntityDecl(context, name, XML_INTERNAL_GENERAL_ENTITY, NULL, file, written);
            return;
        case XML_EXTERNAL_PARAMETER_ENTITY:
            xmlSAX2EntityDecl(context, name, XML_INTERNAL_PARAMETER_ENTITY, NULL, NULL, (xmlChar *)"");
            return;
        default: xmlSAX2EntityDecl(context, name, type, identifier, file, content);
    }
}

static void on_tree_reference(void *context, const xmlChar *name) {
    if (((xmlParserCtxtPtr)context)->instate != XML_PARSER_ATTRIBUTE_VALUE) xmlSAX2Reference(context, name);
}

/// With entities libxml2 builds its own tree, under its own limits on expansion (which huge mode would switch off).
static int read_document(xmlParserCtxtPtr parser, const uint8_t *text, int count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error) {
    // Nobody reads them. libxml2 2.9 copies all of a comment for each "--" in it, and takes 120 bytes for an empty one in an entity.
    parser->sax->comment = NULL;
    parser->sax->processingInstruction = NULL;
    parser->sax->entityDecl = on_entity;
    parser->sax->reference = on_tree_reference;
    const int options = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    xmlDocPtr document = xmlCtxtReadMemory(parser, (const char *)text, count, NULL, "UTF-8", options);
    shogo_xml_tape *tape = shogo_tape_new(parser->dict, limits);
    if (document && tape) {
        copy_entities(tape, document->intSubset);
        copy(tape, xmlDocGetRootElement(document), names_standard_set(text, (size_t)count));
    }
    const int well_formed = document != NULL;
    if (document) xmlFreeDoc(document);
    return tape ? answer(tape, parser, well_formed, tree, error) : SHOGO_XML_TOO_LARGE;
}

static int declares_entities(const uint8_t *text, size_t count) {
    return memmem(text, count, "<!ENTITY", 8) != NULL;
}

int shogo_xml_read(const uint8_t *text, size_t count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error) {
    prepare();
    *tree = NULL;
    memset(error, 0, sizeof *error);
    xmlParserCtxtPtr parser = count <= INT32_MAX ? xmlNewParserCtxt() : NULL;
    if (!parser) return SHOGO_XML_TOO_LARGE;
    const int code = declares_entities(text, count) ? read_document(parser, text, (int)count, limits, tree, error)
                                                    : read_events(parser, text, (int)count, limits, tree, error);
    xmlFreeParserCtxt(parser);
    return code;
}

/// What the callbacks of the HTML parser know: of every open element whether it is a node.
typedef struct {
    reading reading;
    uint8_t *kept;
    size_t count, capacity;
    int root, body;
} page;

static void on_html_start(void *context, const xmlChar *name, const xmlChar **attributes) {
    page *page = context;
    shogo_xml_tape *tape = page->reading.tape;
    if (page->count == page->capacity) {
        const size_t next = page->capacity ? page->capacity * 2 : 256;
        uint8_t *larger = realloc(page->kept, next);
        if (!larger) {
            tape->code = SHOGO_XML_TOO_LARGE;
            stop_if_failed(&page->reading);
            return;
        }
        page->kept = larger;
        page->capacity = next;
    }
    // A page has one root and one body, however often its text begins them. End tags are often left out, so that depth says little:
    // what is deeper than the limit stands in the element at the limit.
    int *once = xmlStrEqual(name, (const xmlChar *)"html") ? &page->root : xmlStrEqual(name, (const xmlChar *)"body") ? &page->body : NULL;
    const int keeps = !(once && *once) && tape->depth < tape->limits.depth;
    page->kept[page->count++] = (uint8_t)(keeps && !once);
    if (!keeps) return;
    if (once) *once = 1;
    shogo_tape_begin(tape, name, NULL);
    for (; attributes && attributes[0]; attributes += 2) {
        const xmlChar *value = attributes[1] ? attributes[1] : (const xmlChar *)"";
        shogo_tape_attribute(tape, xmlDictLookup(tape->dictionary, attributes[0], -1), NULL, value, (size_t)xmlStrlen(value));
    }
    stop_if_failed(&page->reading);
}

static void on_html_end(void *context, const xmlChar *name) {
    (void)name;
    page *page = context;
    // The root and the body end with the file: text may follow their end tags.
    if (page->count > 0 && page->kept[--page->count]) shogo_tape_end(page->reading.tape);
}

static void on_html_text(void *context, const xmlChar *text, int count) { on_text(&((page *)context)->reading, text, count); }

int shogo_xml_read_html(const uint8_t *text, size_t count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error) {
    prepare();
    *tree = NULL;
    memset(error, 0, sizeof *error);
    htmlParserCtxtPtr parser = count <= INT32_MAX ? htmlNewParserCtxt() : NULL;
    if (!parser) return SHOGO_XML_TOO_LARGE;
    shogo_xml_tape *tape = shogo_tape_new(parser->dict, limits);
    if (!tape) {
        htmlFreeParserCtxt(parser);
        return SHOGO_XML_TOO_LARGE;
    }
    page page = {.reading = {tape, parser, 1}};
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = 1;
    parser->sax->startElement = on_html_start;
    parser->sax->endElement = on_html_end;
    parser->sax->characters = parser->sax->ignorableWhitespace = parser->sax->cdataBlock = on_html_text;
    parser->userData = &page;
    size_t plain_count = count;
    uint8_t *plain = shogo_html_without_names(text, count, &plain_count);
    const int fits = plain_count <= INT32_MAX;
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD;
    htmlDocPtr document = htmlCtxtReadMemory(parser, (const char *)(plain && fits ? plain : text), (int)(fits ? plain_count : count), NULL, "UTF-8", options);
    if (document) xmlFreeDoc(document);
    free(plain);
    while (tape->depth > 0 && !tape->code) shogo_tape_end(tape);
    free(page.kept);
    const int code = answer(tape, parser, 1, tree, error);
    htmlFreeParserCtxt(parser);
    return code;
}
