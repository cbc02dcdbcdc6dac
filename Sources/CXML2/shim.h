#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/entities.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <libxml/xpath.h>

// No entity that lives outside the document is ever opened: not from disk, not from a network.
static xmlParserInputPtr shogo_xml_opens_nothing(const char *url, const char *identifier, xmlParserCtxtPtr context) {
    (void)url;
    (void)identifier;
    (void)context;
    return NULL;
}

// libxml2 knows one loader per process, not one per document.
static inline void shogo_xml_close_outside(void) {
    xmlInitParser();
    xmlSetExternalEntityLoader(shogo_xml_opens_nothing);
}
