#ifndef CORRIDOR_ALLOCATION_H
#define CORRIDOR_ALLOCATION_H

#include <stddef.h>
#include <stdint.h>

/// How often this process has asked for memory: malloc, calloc, realloc and the aligned kinds, by any
/// thread. Counts on glibc only; 0 elsewhere.
uint64_t allocation_count(void);

/// Bytes that the process holds from the allocator at present, large blocks included.
uint64_t allocated_bytes(void);

/// Bytes of the process in physical memory, after what is free has been given back to the system.
uint64_t resident_bytes(void);

#endif
