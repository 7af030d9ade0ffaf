// Without ICU's headers, which Foundation brings in another version; only a structure that is never touched has them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>

// xmlFree is a variable of the library.
static inline void cxml_free(void *pointer) { xmlFree(pointer); }
