#include "CDuckDB.h"

#if defined(__APPLE__)
#include <mach/mach.h>
#else
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#endif

int64_t cduckdb_resident_memory(void) {
#if defined(__APPLE__)
  task_vm_info_data_t info;
  mach_msg_type_number_t count = TASK_VM_INFO_COUNT;
  if (task_info(mach_task_self(), TASK_VM_INFO, (task_info_t)&info, &count) != KERN_SUCCESS) return -1;
  return (int64_t)info.phys_footprint;
#else
  /* Pages: size, resident, and of these the ones that a file backs. */
  char text[128];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return -1;
  text[length] = 0;
  long long resident, shared;
  if (sscanf(text, "%*d %lld %lld", &resident, &shared) != 2) return -1;
  return (resident - shared) * (int64_t)sysconf(_SC_PAGESIZE);
#endif
}

void cduckdb_return_memory(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}
