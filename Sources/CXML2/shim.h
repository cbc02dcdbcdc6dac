#pragma once
#include <libxml/xmlversion.h>
// Debian's libxml2 shows ICU's types in one of its headers, and Foundation brings another copy of those: the two do not compile
// together. Nothing here looks into the one struct that differs without them.
#undef LIBXML_ICU_ENABLED
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

// Errors come back as values; libxml2's habit of printing them would mix them into the run's log.
static void shogo_xml_stay_silent(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

// The printer belongs to a thread: call this on the thread that parses.
static inline void shogo_xml_silence(void) { xmlSetGenericErrorFunc(NULL, shogo_xml_stay_silent); }
