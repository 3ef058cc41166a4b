#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The system calls that Swift cannot see on every platform: renameat2, variadic open, struct dirent,
// and the parts of struct stat whose names differ. Every function returns 0 or a positive errno, so
// that no caller has to read errno later. Descriptors are closed on exec.

// Makes a relative path relative to the working folder, and is ignored for an absolute path.
static const int SystemWorkingFolder = AT_FDCWD;

typedef enum __attribute__((enum_extensibility(closed))) SystemKind : int {
  SystemKindFile,
  SystemKindFolder,
  SystemKindLink,
  // A pipe, socket or device; or, of a folder's entry, a kind that the file system does not tell.
  SystemKindOther,
} SystemKind;

typedef struct SystemFacts {
  SystemKind kind;
  int64_t size;
  uint64_t device;
  uint64_t inode;
  // Nanoseconds since 1970-01-01 UTC.
  int64_t modified;
  int64_t changed;
} SystemFacts;

int system_facts(int folder, const char *path, bool follow, SystemFacts *facts);
int system_facts_of(int descriptor, SystemFacts *facts);

// An open folder. Its entries come in the file system's order, without "." and "..".
typedef struct SystemFolder SystemFolder;
int system_folder_open(int parent, const char *path, SystemFolder **folder);
int system_folder_descriptor(SystemFolder *folder);
// The name is NULL after the last entry, and valid until the next call.
int system_folder_next(SystemFolder *folder, const char **name, SystemKind *kind);
void system_folder_close(SystemFolder *folder);

// Opening a pipe does not block.
int system_open_file(const char *path, int *descriptor);
int system_open_lock(const char *path, bool create, int *descriptor);
void system_close(int descriptor);
int system_read(int descriptor, void *buffer, size_t capacity, size_t *count);
// Lets the next read begin at an offset from the start.
int system_seek(int descriptor, int64_t offset);
int system_replace_content(int descriptor, const void *bytes, size_t count);
// Copies a file's bytes, permissions and modification time; the new name must be free (EEXIST).
int system_copy_file(const char *from, const char *to);
// Gives a file, or a symbolic link itself, a second name, which must be free (EEXIST).
int system_link(const char *from, const char *to);
// Does not wait: EWOULDBLOCK when the lock is held.
int system_lock(int descriptor, bool exclusive);
// Gives the lock up for all copies of the descriptor, also those in other processes.
void system_unlock(int descriptor);
// Writes a file or a folder to the disk itself, past the disk's cache where the system can.
int system_sync(int descriptor);

int system_create_folder(const char *path);
int system_remove_folder(const char *path);
// Removes a file, or a folder with everything in it; symbolic links are not followed.
int system_remove_tree(const char *path);
// Swaps what two paths name, atomically; ENOTSUP where the file system cannot.
int system_exchange(const char *first, const char *second);
// Renames unless the new name is taken (EEXIST).
int system_rename(const char *from, const char *to);
int system_free_space(const char *path, int64_t *bytes);
// The resolved path is to be freed.
int system_resolve(const char *path, char **resolved);

// For the start of the process: opens what is closed of the descriptors 0 to 2, so that no file that is
// opened later is taken for a standard stream. Using one of them still fails. A pipe without a reader is
// an error of the write that meets it from now on, and no signal that ends the process.
int system_prepare_streams(void);
// Writes all bytes, waiting where the descriptor makes it wait.
int system_write(int descriptor, const void *bytes, size_t count);

// From now on a crash leaves no image of the memory, in which secrets may be.
int system_forbid_core_dumps(void);

// What comes sooner after the first interruption is the same one: `timeout` sends its signal twice.
static const int64_t SystemInterruptionGrace = 50000000;
typedef void (*system_reaction)(int signal);
// Has the first SIGINT, SIGTERM or SIGHUP call a function, on a thread of its own. A later SIGINT or
// SIGTERM ends the process at once with status 130, whatever its threads are doing.
int system_watch_interruptions(system_reaction react);

// A file without a name that holds these bytes and is read from its beginning.
int system_memory_file(const void *bytes, size_t count, int *descriptor);
// Starts a program in a folder and in a session of its own, with two descriptors as its input and as both
// of its outputs, and no other ones; both arrays end with NULL.
int system_start(
  const char *const arguments[], const char *const environment[], const char *folder, int input,
  int output, int *process);
// Starts a program in the session and the process group of the caller, so that it may use the terminal, in a
// folder, with a descriptor as its input and no other ones but the standard outputs; both arrays end with NULL.
int system_start_beside(
  const char *const arguments[], const char *const environment[], const char *folder, int input,
  int *process);
// Waits for the end of a program that was started; the number of the signal that ended it, or 0.
int system_await(int process, int *status, int *signal);
// Sends a signal to a program that was started and to what it has started.
void system_signal_session(int process, int signal);

#endif
