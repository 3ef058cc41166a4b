#define _GNU_SOURCE
#include "Stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t nanoseconds(struct timespec time) {
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static CompressionVersion version_of(const struct stat *status) {
  CompressionVersion version = {
      .device = (uint64_t)status->st_dev, .inode = status->st_ino, .size = status->st_size};
#ifdef __APPLE__
  version.modified = nanoseconds(status->st_mtimespec);
  version.changed = nanoseconds(status->st_ctimespec);
#else
  version.modified = nanoseconds(status->st_mtim);
  version.changed = nanoseconds(status->st_ctim);
#endif
  return version;
}

static bool is_same(const CompressionVersion *one, const CompressionVersion *other) {
  return one->device == other->device && one->inode == other->inode && one->size == other->size &&
         one->modified == other->modified && one->changed == other->changed;
}

int stream_report(Stream *stream, CompressionFinding finding) {
  stream->report->finding = finding;
  return 0;
}

int stream_report_foreign(Stream *stream) {
  stream->report->place = stream->start;
  return stream_report(
      stream, stream->start == 0 ? CompressionFindingForeign : CompressionFindingTrailing);
}

static int read_next(Stream *stream) {
  stream->place += (int64_t)stream->count;
  ssize_t length;
  do length = read(stream->descriptor, stream->bytes, STREAM_CAPACITY);
  while (length < 0 && errno == EINTR);
  stream->count = length < 0 ? 0 : (size_t)length;
  return length < 0 ? errno : 0;
}

int stream_read(Stream *stream, void *library, StreamStep *step) {
  for (;;) {
    int code = read_next(stream);
    if (code != 0) return code;
    if (stream->count == 0) break;
    code = step(library, stream);
    if (code != 0 || stream->report->finding != CompressionFindingWhole) return code;
  }
  if (!stream->is_within && stream->place > 0) return 0;
  stream->report->place = stream->place;
  return stream_report(stream, CompressionFindingCutOff);
}

static int check(Stream *stream, CompressionFormat format) {
  stream->bytes = malloc(2 * STREAM_CAPACITY);
  if (stream->bytes == NULL) return ENOMEM;
  stream->content = stream->bytes + STREAM_CAPACITY;
  int code = format == CompressionFormatGzip ? gzip_check(stream) : zstd_check(stream);
  free(stream->bytes);
  return code;
}

int compression_check(const char *path, CompressionFormat format, const CompressionVersion *known,
                      bool (*is_cancelled)(void), CompressionReport *report) {
  memset(report, 0, sizeof *report);
  // Opening a pipe does not block.
  int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return errno;
  struct stat status;
  int code = fstat(descriptor, &status) < 0 ? errno : 0;
  if (code == 0) {
    report->version = version_of(&status);
    if (known == NULL || !is_same(&report->version, known)) {
      Stream stream = {
          .descriptor = descriptor, .is_cancelled = is_cancelled, .report = report};
      code = check(&stream, format);
    }
  }
  close(descriptor);
  return code;
}
