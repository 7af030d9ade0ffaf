#include <seccomp.h>

// Macros with casts, which Swift does not import.
static inline uint32_t cseccomp_refuse(uint16_t error) { return SCMP_ACT_ERRNO(error); }
static inline uint32_t cseccomp_allow(void) { return SCMP_ACT_ALLOW; }
