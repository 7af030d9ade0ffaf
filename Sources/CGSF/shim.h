#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-utils.h>

// GObject's type checks and casts are macros, which Swift does not import.
static inline GsfInfile *cgsf_storage(GsfInput *input) {
    return GSF_IS_INFILE(input) && gsf_infile_num_children(GSF_INFILE(input)) >= 0 ? GSF_INFILE(input) : NULL;
}
