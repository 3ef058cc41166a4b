import Foundation
import ObjectStorage
import PartitionPredicate
import S3Client
import TestSupport
import Testing

/// Objects that get another ETag and keep their size.
///
/// SeaweedFS keeps whatever checksum comes with a PUT; where another one is to be said, a proxy says it.
@Suite("An object that was written again, on S3")
struct LakeRewriteTests {
  private static let path = "data/a/k=1/part.parquet"
  private static let rewritten = ["k=1: a: 1 rewritten"]

  /// What the proxy says of an object, in place of what the store says.
  private static func says(
    _ checksum: ExactText, _ value: String, type: String = "FULL_OBJECT"
  ) -> FaultProxy.Rule {
    { request, _ in
      guard [.head, .get].contains(request.kind), request.target.exact.contains(text: "data/a/")
      else { return nil }
      return .headed(["x-amz-checksum-\(checksum)": value, "x-amz-checksum-type": type])
    }
  }

  /// A workspace whose partition `k=1` is consumed.
  private static func consumed(_ rule: @escaping FaultProxy.Rule = { _, _ in nil })
    async throws -> (lake: Lake, proxy: FaultProxy)
  {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let lake = try await Lake(through: proxy.endpoint)
    try await lake.landPair(["1"])
    proxy.set(rule)
    let run = try await lake.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    return (lake, proxy)
  }

  /// What the store was asked about the table's objects themselves.
  private static func asked(_ proxy: FaultProxy) -> [StoreRequest.Kind] {
    proxy.requests.filter { $0.target.exact.contains(text: "data/a/") }.map(\.kind)
      .filter { $0 != .list }
  }

  /// Uploads the same bytes in parts, which makes their ETag another one.
  private static func uploadAgain(in lake: Lake) async throws -> Data {
    let place = lake.object(path)
    let (content, facts) = try await lake.client.read(place)
    let local = lake.bench.path("again")
    try content.write(to: URL(filePath: local))
    let upload = try await lake.client.beginUpload(to: place, metadata: [:])
    let part = try await lake.client.upload(
      part: 1, of: upload, from: local, range: 0..<Int64(content.count))
    let tag = try await lake.client.complete(upload, parts: [part], if: .always)
    #expect(tag != facts.tag)
    return content
  }

  @Test(
    "is no change where the store has its CRC-64/NVME, as boto3 wrote it, after an upload in parts")
  func seaweedFS() async throws {
    let lake = try await Lake()
    try await lake.landPair(["1"])
    let content = try await Self.uploadAgain(in: lake)
    let run = try await lake.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    var other = content
    other[other.index(before: other.endIndex)] ^= 1
    for (content, expected) in [(content, []), (other, Self.rewritten)] as [(Data, [String])] {
      let local = lake.bench.path("again")
      try content.write(to: URL(filePath: local))
      let written = try await Command.run(
        "\(S3Peer.programs)/python",
        [
          "-c", Self.script, lake.endpoint, lake.object(Self.path).key.text, local,
          Self.crc64nvme(content),
        ], environment: Lake.environment)
      #expect(written.status == 0, Comment(rawValue: written.stderr))
      #expect(try await lake.pending() == expected)
    }
  }

  /// Puts a file in one request, with this checksum for the store to verify and keep.
  private static let script = """
    import sys, boto3
    from botocore.config import Config
    store = boto3.client(
        "s3", endpoint_url=sys.argv[1], region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}))
    with open(sys.argv[3], "rb") as file:
        store.put_object(Bucket="lake", Key=sys.argv[2], Body=file.read(), ChecksumCRC64NVME=sys.argv[4])
    """

  @Test(
    "is no change where the CRC-64/NVME that the store says by HEAD is that of what was read, whose checksum nobody had said"
  )
  func amazon() async throws {
    let (lake, proxy) = try await Self.consumed()
    let content = try await Self.uploadAgain(in: lake)
    let sum = Self.crc64nvme(content)
    proxy.set(Self.says("crc64nvme", sum))
    #expect(try await lake.pending() == [])
    #expect(Self.asked(proxy) == [.head])
    // A checksum of the parts' checksums says nothing of the whole.
    proxy.set(Self.says("crc64nvme", sum, type: "COMPOSITE"))
    #expect(try await lake.pending() == Self.rewritten)
    proxy.set(Self.says("crc64nvme", "\(sum)-1"))
    #expect(try await lake.pending() == Self.rewritten)
    proxy.set(Self.says("crc64nvme", "AAAAAAAAAAA="))
    #expect(try await lake.pending() == Self.rewritten)
    // Without any, it is rewritten.
    proxy.set { _, _ in nil }
    #expect(try await lake.pending() == Self.rewritten)
  }

  @Test(
    "is no change where the store says by HEAD the checksum that it said when the file was read, whatever its kind",
    arguments: [
      ("crc32", "AAAAAA=="), ("crc32c", "AQIDBA=="), ("sha1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ] as [(ExactText, String)])
  func others(_ checksum: ExactText, _ value: String) async throws {
    let (lake, proxy) = try await Self.consumed(Self.says(checksum, value))
    _ = try await Self.uploadAgain(in: lake)
    proxy.set(Self.says(checksum, value))
    #expect(try await lake.pending() == [])
    #expect(Self.asked(proxy) == [.head])
    proxy.set(Self.says(checksum, "////"))
    #expect(try await lake.pending() == Self.rewritten)
    // A run notes what it found, so that the store is not asked again.
    proxy.set(Self.says(checksum, value))
    let run = try await lake.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    proxy.set(Self.says(checksum, value))
    #expect(try await lake.pending() == [])
    #expect(Self.asked(proxy) == [])
  }

  /// Bit by bit, as the specification has it, in base64.
  private static func crc64nvme(_ content: Data) -> String {
    var sum = UInt64.max
    for byte in content {
      sum ^= UInt64(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0x9A6C_9329_AC4B_C9B5 : sum >> 1 }
    }
    return withUnsafeBytes(of: (~sum).bigEndian) { Data($0).base64EncodedString() }
  }
}
