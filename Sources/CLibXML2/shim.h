#pragma once
#include <libxml/xmlversion.h>
// Debian's libxml2 shows ICU's types in one of its headers, and Foundation brings another copy of those: the two do not compile
// together. Nothing here looks into the one struct that differs without them.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
