#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <stdint.h>
#include <unistd.h>

// System calls that the C library has no function for, or a variadic one, which Swift does not import.
static inline int clinux_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */); }
static inline int clinux_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int clinux_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
static inline int clinux_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
}
static inline int clinux_landlock_create(uint64_t handled) {
    struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
    return (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0);
}
static inline int clinux_landlock_add(int rules, int folder, uint64_t allowed) {
    struct landlock_path_beneath_attr rule = {.allowed_access = allowed, .parent_fd = folder};
    return (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}
static inline int clinux_landlock_enter(int rules) { return (int)syscall(SYS_landlock_restrict_self, rules, 0); }
