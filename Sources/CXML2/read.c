#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // memmem
#endif
#include "tape.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
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

/// An entity that is declared in a DTD that is not opened; the names of HTML are common knowledge.
static void on_reference(void *context, const xmlChar *name) {
    const htmlEntityDesc *known = name[0] == '&' || name[0] == '#' ? NULL : htmlEntityLookup(name);
    xmlChar text[8];
    if (!known) return;
    const int count = xmlCopyChar(0, text, (int)known->value);
    if (count > 0) on_text(context, text, count);
}

/// Copies a tree of libxml2 without recursion.
static void copy(shogo_xml_tape *tape, xmlNodePtr root) {
    reading reading = {tape, NULL};
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
                if (!node->children && node->name) {
                    const htmlEntityDesc *known = htmlEntityLookup(node->name);
                    xmlChar text[8];
                    const int count = known ? xmlCopyChar(0, text, (int)known->value) : 0;
                    if (count > 0) shogo_tape_text(reading.tape, text, (size_t)count);
                }
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
        if (entity->etype == XML_EXTERNAL_GENERAL_UNPARSED_ENTITY) shogo_tape_entity(tape, entity->name, entity->SystemID);
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
    reading reading = {tape, parser};
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->characters = parser->sax->ignorableWhitespace = parser->sax->cdataBlock = on_text;
    parser->sax->reference = on_reference;
    parser->userData = &reading;
    const int options = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES | XML_PARSE_HUGE;
    xmlDocPtr document = xmlCtxtReadMemory(parser, (const char *)text, count, NULL, "UTF-8", options);
    if (document) xmlFreeDoc(document);
    return answer(tape, parser, parser->wellFormed, tree, error);
}

/// With entities libxml2 builds its own tree, under its own limits on expansion (which huge mode would switch off).
static int read_document(xmlParserCtxtPtr parser, const uint8_t *text, int count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error) {
    // Nobody reads them. libxml2 2.9 copies all of a comment for each "--" in it, and takes 120 bytes for an empty one in an entity.
    parser->sax->comment = NULL;
    parser->sax->processingInstruction = NULL;
    const int options = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    xmlDocPtr document = xmlCtxtReadMemory(parser, (const char *)text, count, NULL, "UTF-8", options);
    shogo_xml_tape *tape = shogo_tape_new(parser->dict, limits);
    if (document && tape) {
        copy_entities(tape, document->intSubset);
        copy(tape, xmlDocGetRootElement(document));
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

int shogo_xml_read_html(const uint8_t *text, size_t count, shogo_xml_limits limits, shogo_xml_tree **tree, shogo_xml_error *error) {
    prepare();
    *tree = NULL;
    memset(error, 0, sizeof *error);
    htmlParserCtxtPtr parser = count <= INT32_MAX ? htmlNewParserCtxt() : NULL;
    if (!parser) return SHOGO_XML_TOO_LARGE;
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    htmlDocPtr document = htmlCtxtReadMemory(parser, (const char *)text, (int)count, NULL, "UTF-8", options);
    // Below 256 elements libxml2 leaves the rest of the page out and says nothing.
    if (limits.depth > 250) limits.depth = 250;
    shogo_xml_tape *tape = shogo_tape_new(parser->dict, limits);
    if (document && tape) copy(tape, xmlDocGetRootElement(document));
    const int read = document != NULL;
    if (document) xmlFreeDoc(document);
    const int code = tape ? answer(tape, parser, read, tree, error) : SHOGO_XML_TOO_LARGE;
    htmlFreeParserCtxt(parser);
    return code;
}
