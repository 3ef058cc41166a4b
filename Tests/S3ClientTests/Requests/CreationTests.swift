import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// What the settings of a store have sent with its requests.
@Suite("Headers of new objects")
struct CreationTests {
  @Test("encryption and rights are said of each new object, and who pays of each request")
  func headers() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    let client = try S3Client(
      endpoint: proxy.endpoint,
      settings: S3Settings(
        sse: .kms, kmsKey: "k1", ownerFullControl: true, requesterPays: true))
    // Every request is refused, and seen.
    proxy.set { _, _ in .refused(403, "AccessDenied") }
    let (place, upload) = (bench.place("a"), ObjectUpload(place: bench.place("a"), id: "u"))
    let path = try bench.file(bytes: 10).path
    _ = await error { () throws(ObjectError) in
      try await client.write(Data(), to: place, metadata: [:], if: .always)
    }
    _ = await error { () throws(ObjectError) in
      try await client.copy(place, tag: "t", to: place)
    }
    _ = await error { () throws(ObjectError) in
      try await client.beginUpload(to: place, metadata: [:])
    }
    _ = await error { () throws(ObjectError) in
      try await client.upload(part: 1, of: upload, from: path, range: 0..<10)
    }
    _ = await error { () throws(ObjectError) in
      try await client.complete(upload, parts: [], if: .always)
    }
    _ = await error { () throws(ObjectError) in try await client.read(place) }
    _ = await error { () throws(ObjectError) in
      try await client.remove(
        place, tag: "t", validity: RequestValidity(from: .now, seconds: 60))
    }

    let creating: [StoreRequest.Kind] = [.put, .copy, .begin]
    for request in proxy.requests {
      let creates = creating.contains(request.kind)
      #expect(request.headers["x-amz-server-side-encryption"] == (creates ? "aws:kms" : nil))
      #expect(
        request.headers["x-amz-server-side-encryption-aws-kms-key-id"] == (creates ? "k1" : nil))
      #expect(request.headers["x-amz-acl"] == (creates ? "bucket-owner-full-control" : nil))
      #expect(request.headers["x-amz-request-payer"] == "requester")
    }
    #expect(
      proxy.requests.map(\.kind) == [.put, .copy, .begin, .part, .complete, .get, .delete])
    // What is removed inside a time is signed in its query, its headers too.
    let removal = try #require(proxy.requests.last?.target.exact)
    #expect(removal.contains(text: "X-Amz-SignedHeaders=host%3Bif-match%3Bx-amz-request-payer"))
  }
}
