#include "Stream.h"

#include <errno.h>
#include <zstd.h>
#include <zstd_errors.h>

// Whether a frame can begin with a byte: the first one of 0xFD2FB528 or of 0x184D2A50 to 0x184D2A5F.
static bool begins_frame(unsigned char byte) { return byte == 0x28 || (byte & 0xF0) == 0x50; }

// What libzstd's error says of the frame; libzstd's messages are constants.
static int report_error(size_t result, Stream *stream) {
  switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation: return ENOMEM;
    case ZSTD_error_prefix_unknown: return stream_report_foreign(stream);
    case ZSTD_error_checksum_wrong: return stream_report(stream, CompressionFindingWrongChecksum);
    case ZSTD_error_frameParameter_windowTooLarge:
      return stream_report(stream, CompressionFindingLargeWindow);
    default:
      stream->report->reason = ZSTD_getErrorName(result);
      return stream_report(stream, CompressionFindingDamaged);
  }
}

static int decompress_bytes(void *library, Stream *stream) {
  ZSTD_inBuffer input = {.src = stream->bytes, .size = stream->count};
  ZSTD_outBuffer output = {.dst = stream->content, .size = STREAM_CAPACITY};
  do {
    if (stream->is_cancelled()) return stream_report(stream, CompressionFindingCancelled);
    if (!stream->is_within) {
      stream->start = stream->place + (int64_t)input.pos;
      if (!begins_frame(stream->bytes[input.pos])) return stream_report_foreign(stream);
      stream->is_within = true;
    }
    output.pos = 0;
    size_t rest = ZSTD_decompressStream(library, &output, &input);
    if (ZSTD_isError(rest)) return report_error(rest, stream);
    stream->is_within = rest != 0;
    // Content that had no room is still to come, also without further bytes.
  } while (input.pos < input.size || (stream->is_within && output.pos == output.size));
  return 0;
}

int zstd_check(Stream *stream) {
  ZSTD_DStream *zstd = ZSTD_createDStream();
  if (zstd == NULL) return ENOMEM;
  int code = stream_read(stream, zstd, decompress_bytes);
  ZSTD_freeDStream(zstd);
  return code;
}
