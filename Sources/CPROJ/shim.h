// Karney's geodesics are a self-contained part of PROJ; nothing else of it is used.
#include <geodesic.h>
#include <proj.h>
