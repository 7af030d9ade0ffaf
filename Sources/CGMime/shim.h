#include <gmime/gmime.h>

// GLib's type checks are macros, which Swift does not import.
static inline int cgmime_is_multipart(void *object) { return GMIME_IS_MULTIPART(object); }
static inline int cgmime_is_message_part(void *object) { return GMIME_IS_MESSAGE_PART(object); }
static inline int cgmime_is_part(void *object) { return GMIME_IS_PART(object); }
static inline int cgmime_is_mailbox(void *address) { return INTERNET_ADDRESS_IS_MAILBOX(address); }
static inline int cgmime_is_group(void *address) { return INTERNET_ADDRESS_IS_GROUP(address); }
