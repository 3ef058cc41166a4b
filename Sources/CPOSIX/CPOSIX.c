#define _GNU_SOURCE
#include "CPOSIX.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int result(int value) { return value < 0 ? errno : 0; }

static SystemKind kind_of_mode(mode_t mode) {
  if (S_ISREG(mode)) return SystemKindFile;
  if (S_ISDIR(mode)) return SystemKindFolder;
  if (S_ISLNK(mode)) return SystemKindLink;
  return SystemKindOther;
}

static int64_t nanoseconds(struct timespec time) {
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void fill(SystemFacts *facts, const struct stat *status) {
  facts->kind = kind_of_mode(status->st_mode);
  facts->size = status->st_size;
  facts->device = (uint64_t)status->st_dev;
  facts->inode = status->st_ino;
#ifdef __APPLE__
  facts->modified = nanoseconds(status->st_mtimespec);
  facts->changed = nanoseconds(status->st_ctimespec);
#else
  facts->modified = nanoseconds(status->st_mtim);
  facts->changed = nanoseconds(status->st_ctim);
#endif
}

int system_facts(int folder, const char *path, bool follow, SystemFacts *facts) {
  struct stat status;
  if (fstatat(folder, path, &status, follow ? 0 : AT_SYMLINK_NOFOLLOW) < 0) return errno;
  fill(facts, &status);
  return 0;
}

int system_facts_of(int descriptor, SystemFacts *facts) {
  struct stat status;
  if (fstat(descriptor, &status) < 0) return errno;
  fill(facts, &status);
  return 0;
}

// MARK: Folders

int system_folder_open(int parent, const char *path, SystemFolder **folder) {
  int descriptor = openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  DIR *stream = fdopendir(descriptor);
  if (stream == NULL) {
    int code = errno;
    close(descriptor);
    return code;
  }
  *folder = (SystemFolder *)stream;
  return 0;
}

int system_folder_descriptor(SystemFolder *folder) { return dirfd((DIR *)folder); }

int system_folder_next(SystemFolder *folder, const char **name, SystemKind *kind) {
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir((DIR *)folder);
    if (entry == NULL) {
      *name = NULL;
      return errno;
    }
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    *name = entry->d_name;
    switch (entry->d_type) {
      case DT_REG: *kind = SystemKindFile; break;
      case DT_DIR: *kind = SystemKindFolder; break;
      case DT_LNK: *kind = SystemKindLink; break;
      default: *kind = SystemKindOther;
    }
    return 0;
  }
}

void system_folder_close(SystemFolder *folder) { closedir((DIR *)folder); }

int system_create_folder(const char *path) { return result(mkdir(path, 0777)); }

int system_remove_folder(const char *path) { return result(rmdir(path)); }

static int remove_entry(const char *path, const struct stat *status, int flag, struct FTW *place) {
  (void)status;
  (void)flag;
  (void)place;
  if (remove(path) == 0 || errno == ENOENT) return 0;
  return errno;
}

int system_remove_tree(const char *path) {
  int code = nftw(path, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
  if (code < 0) code = errno;
  return code == ENOENT ? 0 : code;
}

// MARK: Files

int system_open_file(const char *path, int *descriptor) {
  *descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  return result(*descriptor);
}

int system_open_lock(const char *path, bool create, int *descriptor) {
  *descriptor = create ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666)
                       : open(path, O_RDONLY | O_CLOEXEC);
  return result(*descriptor);
}

void system_close(int descriptor) { close(descriptor); }

int system_read(int descriptor, void *buffer, size_t capacity, size_t *count) {
  ssize_t length;
  do length = read(descriptor, buffer, capacity);
  while (length < 0 && errno == EINTR);
  *count = length < 0 ? 0 : (size_t)length;
  return length < 0 ? errno : 0;
}

int system_seek(int descriptor, int64_t offset) {
  return lseek(descriptor, (off_t)offset, SEEK_SET) < 0 ? errno : 0;
}

int system_replace_content(int descriptor, const void *bytes, size_t count) {
  if (ftruncate(descriptor, 0) < 0) return errno;
  size_t written = 0;
  while (written < count) {
    ssize_t length =
        pwrite(descriptor, (const char *)bytes + written, count - written, (off_t)written);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return errno;
    written += (size_t)length;
  }
  return 0;
}

static int copy_content(int source, int target) {
  static const size_t capacity = 1 << 20;
  char *buffer = malloc(capacity);
  if (buffer == NULL) return ENOMEM;
  int code = 0;
  size_t count = 0;
  while ((code = system_read(source, buffer, capacity, &count)) == 0 && count > 0) {
    for (size_t written = 0; written < count;) {
      ssize_t length = write(target, buffer + written, count - written);
      if (length < 0 && errno == EINTR) continue;
      if (length < 0) {
        code = errno;
        free(buffer);
        return code;
      }
      written += (size_t)length;
    }
  }
  free(buffer);
  return code;
}

int system_copy_file(const char *from, const char *to) {
  int source = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (source < 0) return errno;
  struct stat status;
  int code = result(fstat(source, &status));
  int target = code == 0 ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  if (code == 0) code = result(target);
  if (code == 0) code = copy_content(source, target);
  if (code == 0) code = result(fchmod(target, status.st_mode & 0777));
#ifdef __APPLE__
  struct timespec times[2] = {status.st_atimespec, status.st_mtimespec};
#else
  struct timespec times[2] = {status.st_atim, status.st_mtim};
#endif
  if (code == 0) code = result(futimens(target, times));
  // Some network file systems tell only now that the disk is full.
  if (target >= 0 && close(target) < 0 && code == 0) code = errno;
  close(source);
  return code;
}

int system_link(const char *from, const char *to) {
  return result(linkat(AT_FDCWD, from, AT_FDCWD, to, 0));
}

int system_lock(int descriptor, bool exclusive) {
  return result(flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB));
}

void system_unlock(int descriptor) { flock(descriptor, LOCK_UN); }

int system_sync(int descriptor) {
#ifdef __APPLE__
  if (fcntl(descriptor, F_FULLFSYNC) == 0) return 0;
#endif
  return result(fsync(descriptor));
}

// MARK: Renaming

// What a kernel or a file system answers that does not know a renaming flag.
static int without_flag(int code) {
  return code == EINVAL || code == ENOSYS || code == EOPNOTSUPP ? ENOTSUP : code;
}

int system_exchange(const char *first, const char *second) {
#ifdef __APPLE__
  int value = renamex_np(first, second, RENAME_SWAP);
#else
  int value = renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
#endif
  return value < 0 ? without_flag(errno) : 0;
}

int system_rename(const char *from, const char *to) {
#ifdef __APPLE__
  int value = renamex_np(from, to, RENAME_EXCL);
#else
  int value = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
#endif
  if (value == 0) return 0;
  if (without_flag(errno) != ENOTSUP) return errno;
  // A plain rename never replaces a folder that has content.
  struct stat status;
  if (lstat(to, &status) == 0) return EEXIST;
  if (errno != ENOENT) return errno;
  return result(rename(from, to));
}

// MARK: File systems

int system_free_space(const char *path, int64_t *bytes) {
  struct statvfs status;
  if (statvfs(path, &status) < 0) return errno;
  *bytes = (int64_t)((uint64_t)status.f_bavail * (uint64_t)status.f_frsize);
  return 0;
}

int system_resolve(const char *path, char **resolved) {
  *resolved = realpath(path, NULL);
  return *resolved == NULL ? errno : 0;
}
