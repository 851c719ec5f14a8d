// Debian keeps the headers of SuiteSparse in a folder of their own, others beside the rest.
#if __has_include(<suitesparse/klu.h>)
#include <suitesparse/klu.h>
#else
#include <klu.h>
#endif
