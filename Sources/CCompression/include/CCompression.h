#ifndef CCOMPRESSION_H
#define CCOMPRESSION_H

#include <stdbool.h>
#include <stdint.h>

// Whether a compressed file is whole, as zlib and libzstd see it. Their headers are seen in Gzip.c and
// Zstd.c only.

typedef enum __attribute__((enum_extensibility(closed))) CompressionFormat : int {
  // RFC 1952: members one behind the other, each with a CRC-32 and the length of its content.
  CompressionFormatGzip,
  // RFC 8878: frames one behind the other, some of them with a checksum; skippable frames hold nothing.
  CompressionFormatZstd,
} CompressionFormat;

typedef enum __attribute__((enum_extensibility(closed))) CompressionFinding : int {
  CompressionFindingWhole,
  // The file ends within a member or frame, or has none; the place is the file's length.
  CompressionFindingCutOff,
  // The file does not begin with a member or frame.
  CompressionFindingForeign,
  // Something else stands behind the last member or frame; the place is where it begins.
  CompressionFindingTrailing,
  CompressionFindingWrongChecksum,
  CompressionFindingWrongLength,
  // A zstd frame wants more memory than the 128 MiB that DuckDB and libzstd give one.
  CompressionFindingLargeWindow,
  // The library cannot go on, for the reason given.
  CompressionFindingDamaged,
  CompressionFindingCancelled,
} CompressionFinding;

// The version of a file that was looked at. Times are nanoseconds since 1970-01-01 UTC.
typedef struct CompressionVersion {
  uint64_t device;
  uint64_t inode;
  int64_t size;
  int64_t modified;
  int64_t changed;
} CompressionVersion;

typedef struct CompressionReport {
  CompressionFinding finding;
  // Bytes from the beginning of the file, where the finding has a place.
  int64_t place;
  // The library's words, which live as long as the program; NULL but for CompressionFindingDamaged.
  const char *reason;
  CompressionVersion version;
} CompressionReport;

// Reads a file to its end, and keeps nothing of it: memory is bounded by the format's window (32 KiB for
// gzip, up to 128 MiB for zstd) and half a MiB. A file whose version is `known` is whole without being
// read; NULL for none. Between buffers it asks whether it is to stop.
//
// Returns 0, or a positive errno when the file cannot be opened or read.
int compression_check(const char *path, CompressionFormat format, const CompressionVersion *known,
                      bool (*is_cancelled)(void), CompressionReport *report);

#endif
