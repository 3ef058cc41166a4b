#include "Stream.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

// A format of zlib's that is gzip with its largest window.
static const int gzip_window = 16 + MAX_WBITS;
static const unsigned char first_byte = 0x1F;
static const uLong magic_length = 2;

// What zlib's error says of the member; zlib's messages are constants.
static int report_error(const z_stream *zlib, Stream *stream) {
  if (zlib->total_in <= magic_length) return stream_report_foreign(stream);
  const char *reason = zlib->msg == NULL ? "no reason given" : zlib->msg;
  if (strcmp(reason, "incorrect data check") == 0) {
    return stream_report(stream, CompressionFindingWrongChecksum);
  }
  if (strcmp(reason, "incorrect length check") == 0) {
    return stream_report(stream, CompressionFindingWrongLength);
  }
  stream->report->reason = reason;
  return stream_report(stream, CompressionFindingDamaged);
}

static int inflate_bytes(void *library, Stream *stream) {
  z_stream *zlib = library;
  zlib->next_in = stream->bytes;
  zlib->avail_in = (uInt)stream->count;
  do {
    if (stream->is_cancelled()) return stream_report(stream, CompressionFindingCancelled);
    if (!stream->is_within) {
      stream->start = stream->place + (int64_t)(zlib->next_in - stream->bytes);
      if (*zlib->next_in != first_byte) return stream_report_foreign(stream);
      inflateReset(zlib);
      stream->is_within = true;
    }
    zlib->next_out = stream->content;
    zlib->avail_out = STREAM_CAPACITY;
    switch (inflate(zlib, Z_NO_FLUSH)) {
      case Z_OK:
      // There was neither a byte nor content left; not an error.
      case Z_BUF_ERROR: break;
      case Z_STREAM_END: stream->is_within = false; break;
      case Z_MEM_ERROR: return ENOMEM;
      default: return report_error(zlib, stream);
    }
    // Content that had no room is still to come, also without further bytes.
  } while (zlib->avail_in > 0 || (stream->is_within && zlib->avail_out == 0));
  return 0;
}

int gzip_check(Stream *stream) {
  z_stream zlib;
  memset(&zlib, 0, sizeof zlib);
  if (inflateInit2(&zlib, gzip_window) != Z_OK) return ENOMEM;
  int code = stream_read(stream, &zlib, inflate_bytes);
  inflateEnd(&zlib);
  return code;
}
