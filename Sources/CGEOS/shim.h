// Only the reentrant functions (…_r) are visible: every call names its context.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
