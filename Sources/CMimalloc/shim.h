#ifndef TRIGLYPH_CMIMALLOC_SHIM_H
#define TRIGLYPH_CMIMALLOC_SHIM_H

// Nothing of it is called: linked before the C library, its `malloc` and `free` take the place of that one's.
#include <mimalloc.h>

#endif
