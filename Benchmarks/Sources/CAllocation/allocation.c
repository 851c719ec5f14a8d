// Every allocation of the process passes through here and is counted: symbols of an executable come
// before those of the C library. The count is one relaxed addition, too little to show in a timing.

#include "allocation.h"

#include <stdio.h>
#include <unistd.h>

#if defined(__GLIBC__)

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/syscall.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static _Atomic uint64_t count;

static void note(void) {
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note();
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  note();
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  note();
  void *found = __libc_memalign(alignment, size);
  if (found == NULL) return ENOMEM;
  *block = found;
  return 0;
}

// Large blocks come straight from the system, past the allocator, which maps by other names itself.

#define MAPPED_BLOCKS 256
static struct {
  void *start;
  size_t size;
} mapped[MAPPED_BLOCKS];
static uint64_t mapped_bytes;
static pthread_mutex_t mapping = PTHREAD_MUTEX_INITIALIZER;

// Sets a block's size; 0 once it is gone. Blocks beyond what the table holds are not counted.
static void note_mapped(void *start, size_t size) {
  pthread_mutex_lock(&mapping);
  for (int place = 0; place < MAPPED_BLOCKS; place++) {
    if (mapped[place].start != (size > 0 ? NULL : start)) continue;
    mapped_bytes += size - mapped[place].size;
    mapped[place].start = size > 0 ? start : NULL;
    mapped[place].size = size;
    break;
  }
  pthread_mutex_unlock(&mapping);
}

void *mmap(void *start, size_t size, int access, int flags, int file, off_t offset) {
  void *found = (void *)syscall(SYS_mmap, start, size, access, flags, file, offset);
  if (found != MAP_FAILED && (flags & MAP_ANONYMOUS)) {
    note();
    note_mapped(found, size);
  }
  return found;
}

int munmap(void *start, size_t size) {
  note_mapped(start, 0);
  return (int)syscall(SYS_munmap, start, size);
}

uint64_t allocation_count(void) {
  return atomic_load_explicit(&count, memory_order_relaxed);
}

uint64_t allocated_bytes(void) {
  struct mallinfo2 info = mallinfo2();
  pthread_mutex_lock(&mapping);
  uint64_t bytes = info.uordblks + info.hblkhd + mapped_bytes;
  pthread_mutex_unlock(&mapping);
  return bytes;
}

static void give_back(void) {
  malloc_trim(0);
}

#else

uint64_t allocation_count(void) { return 0; }
uint64_t allocated_bytes(void) { return 0; }
static void give_back(void) {}

#endif

uint64_t resident_bytes(void) {
  give_back();
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  unsigned long long size = 0, resident = 0;
  int found = fscanf(file, "%llu %llu", &size, &resident);
  fclose(file);
  return found == 2 ? resident * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}
