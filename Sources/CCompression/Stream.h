#ifndef STREAM_H
#define STREAM_H

#include "CCompression.h"

#include <stddef.h>

enum { STREAM_CAPACITY = 256 * 1024 };

// A file that is read from its beginning to its end, and room for what a library makes of it.
typedef struct Stream {
  int descriptor;
  bool (*is_cancelled)(void);
  // What was read last, and where it begins in the file.
  unsigned char *bytes;
  size_t count;
  int64_t place;
  unsigned char *content;
  // Whether a member or frame has begun and not ended, and where the last one began.
  bool is_within;
  int64_t start;
  CompressionReport *report;
} Stream;

// Goes through the bytes that were read last, and reports what is wrong. A few bytes can hold gigabytes of
// content, so it asks whether it is to stop whenever the room for content is full. Returns 0 or an errno.
typedef int StreamStep(void *library, Stream *stream);

// Reads to the end of the file, or up to a finding. Returns 0 or an errno.
int stream_read(Stream *stream, void *library, StreamStep *step);

// Both return 0; the former reports that no member or frame begins where one was looked for.
int stream_report_foreign(Stream *stream);
int stream_report(Stream *stream, CompressionFinding finding);

int gzip_check(Stream *stream);
int zstd_check(Stream *stream);

#endif
