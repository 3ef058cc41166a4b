import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// What a store refuses, and what is said of it.
@Suite("Refusals")
struct RefusalTests {
  private let proxy: FaultProxy
  private let bench: Bench

  init() async throws {
    proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    bench = try Bench(proxy)
  }

  /// What each kind of request throws.
  private func errors(_ client: S3Client, _ place: ObjectPlace) async -> [ObjectError?] {
    let path = "\(bench.folder.path)/got"
    return [
      await error { () throws(ObjectError) in try await client.head(place) },
      await error { () throws(ObjectError) in try await client.read(place) },
      await error { () throws(ObjectError) in try await client.download(place, tag: "0", to: path)
      },
      await error { () throws(ObjectError) in
        try await client.list(place.bucket, prefix: "", delimiter: false, start: nil, after: nil)
      },
      await error { () throws(ObjectError) in
        try await client.write(Data(), to: place, metadata: [:], if: .absent)
      },
      await error { () throws(ObjectError) in try await client.beginUpload(to: place, metadata: [:])
      },
      await error { () throws(ObjectError) in
        try await client.remove(
          place, tag: "0", validity: RequestValidity(from: .now, seconds: 60))
      },
    ]
  }

  @Test("a wrong secret and an unknown key are wrong credentials, also for HEAD")
  func credentials() async throws {
    for (id, secret) in [("test", "wrong"), ("nobody", "wrong")] {
      let client = try S3Client(endpoint: proxy.endpoint, keyID: id, secret: secret)
      for error in await errors(client, bench.place("a")) {
        guard case .badCredentials(let reason) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(!reason.isEmpty)
        #expect(!"\(error!)".contains("wrong"))
      }
    }
  }

  @Test("a key that is refused is forgotten, so that the next request has another one")
  func nextKey() async throws {
    // Says a wrong secret the first time.
    let script = "\(bench.folder.path)/keys"
    try bench.folder.write(
      """
      test -e \(script).used && secret=\(S3Peer.secret) || secret=wrong
      touch \(script).used
      echo '{"Version": 1, "AccessKeyId": "test", "SecretAccessKey": "'$secret'"}'
      """, to: "keys")
    try bench.folder.write("[default]\ncredential_process = /bin/sh \(script)\n", to: "config")
    let client = try S3Client(
      settings: S3Settings(endpoint: proxy.endpoint.exact),
      environment: AWSEnvironment([
        "HOME": "/nowhere", "AWS_CONFIG_FILE": "\(bench.folder.path)/config",
      ]))
    let place = bench.place("a")
    // Both requests may be sent again, so that a connection that is cut changes nothing.
    let refused = await error { () throws(ObjectError) in try await client.read(place) }
    guard case .badCredentials = refused else {
      Issue.record("\(String(describing: refused))")
      return
    }
    _ = try await client.write(Data(), to: place, metadata: [:], if: .always)
  }

  @Test("a bucket that does not exist is said, but by HEAD")
  func noBucket() async throws {
    let place = ObjectPlace(bucket: "no-such-lake", key: "a")
    let errors = await errors(bench.client, place)
    #expect(errors[0] == .absent || errors[0] == .noBucket("no-such-lake"))
    #expect(errors[1] == .noBucket("no-such-lake"))
    #expect(errors[3] == .noBucket("no-such-lake"))
  }

  /// Answers of Amazon, which no store here gives.
  static let answers: [(fault: StoreFault, error: ObjectError)] = [
    (.refused(400, "ExpiredToken"), .expiredToken),
    (.refused(403, "SignatureDoesNotMatch"), .badCredentials(reason: "by the proxy")),
    (.refused(400, "InvalidToken"), .badCredentials(reason: "by the proxy")),
    (
      .refused(301, "PermanentRedirect", headers: ["x-amz-bucket-region": "eu-central-1"]),
      .otherRegion(bucket: "lake", region: "eu-central-1")
    ),
    (.refused(301, "PermanentRedirect"), .otherRegion(bucket: "lake", region: nil)),
    (
      .answered(
        "<Error><Code>AuthorizationHeaderMalformed</Code><Message>m</Message>"
          + "<Region>eu-west-3</Region></Error>", status: 400),
      .otherRegion(bucket: "lake", region: "eu-west-3")
    ),
    (.refused(400, "AuthorizationHeaderMalformed"), .badCredentials(reason: "by the proxy")),
    (.refused(404, "NoSuchBucket"), .noBucket("lake")),
  ]

  @Test("what Amazon answers is told apart", arguments: answers.indices)
  func amazon(_ index: Int) async {
    let (fault, error) = Self.answers[index]
    proxy.set { _, _ in fault }
    let errors = await errors(bench.client, bench.place("a"))
    // The answer to a HEAD has no body; a second request brings it.
    #expect(errors.dropFirst().allSatisfy { $0 == error })
    if case .answered = fault { return }
    #expect(errors[0] == error || errors[0] == .absent)
  }

  @Test("what is not allowed is said with the request and the place")
  func denied() async {
    proxy.set { _, _ in .refused(403, "AccessDenied") }
    let place = bench.place("a")
    let errors = await errors(bench.client, place)
    func denied(_ operation: String, _ place: String) -> ObjectError {
      .denied(operation: operation, place: place, reason: "by the proxy")
    }
    #expect(
      errors == [
        denied("read", "\(place)"), denied("read", "\(place)"), denied("read", "\(place)"),
        denied("list", "the bucket lake"), denied("write", "\(place)"),
        denied("begin an upload of", "\(place)"), denied("remove", "\(place)"),
      ])
  }

  @Test("clocks that differ are told with what both show")
  func clocks() async {
    proxy.set { _, _ in .refused(403, "RequestTimeTooSkewed") }
    let result = await error { () throws(ObjectError) in try await bench.content("a") }
    guard case .clockSkew(let reason) = result else {
      Issue.record("\(String(describing: result))")
      return
    }
    #expect(
      reason.hasPrefix("it is Sun, 29 Nov 2026 20:05:38 GMT there, and 20"),
      "\(reason)")
  }

  @Test("pages of a proxy are survived", arguments: [400, 403, 404, 405, 501])
  func html(_ status: Int) async {
    proxy.set { _, _ in .answered("<html><p>no &nbsp; luck<br></html>", status: status) }
    let place = bench.place("a")
    let read = await error { () throws(ObjectError) in try await bench.client.read(place) }
    switch status {
    case 403: #expect(read == .denied(operation: "read", place: "\(place)", reason: "403"))
    case 404: #expect(read == .absent)
    default:
      #expect(
        read
          == .failed(
            operation: "read", place: "\(place)", status: status, code: "",
            message: "it says no more"))
    }
  }

  @Test("a redirection that names no region is told as it is")
  func redirection() async {
    proxy.set { _, _ in .answered("<html>moved</html>", status: 301) }
    let place = bench.place("a")
    let read = await error { () throws(ObjectError) in try await bench.client.read(place) }
    #expect(
      read
        == .failed(
          operation: "read", place: "\(place)", status: 301, code: "", message: "it says no more"))
  }

  @Test(
    "another answer than promised is unreadable, never empty",
    arguments: [
      "", "<html></html>", "<ListBucketResult></ListBucketResult>",
      "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
      "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key></Contents>"
        + "</ListBucketResult>",
      "<ListBucketResult><IsTruncated>false</IsTruncated><Contents>",
      "<ListBucketResult><IsTruncated>false</IsTruncated>",
      "<ListBucketResult><IsTruncated>perhaps</IsTruncated></ListBucketResult>",
      "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>many</Size>"
        + "<ETag>t</ETag><LastModified>2026-11-29T20:05:38Z</LastModified></Contents></ListBucketResult>",
      "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size>"
        + "<ETag>t</ETag><LastModified>yesterday</LastModified></Contents></ListBucketResult>",
    ])
  func unreadable(_ body: String) async {
    proxy.set { _, _ in .answered(body) }
    let result = await error { () throws(ObjectError) in
      try await bench.client.list("lake", prefix: "", delimiter: false, start: nil, after: nil)
    }
    guard case .unreadable = result else {
      Issue.record("\(String(describing: result))")
      return
    }
  }

  @Test("an endpoint where nobody listens is said")
  func unreachable() async throws {
    // A port that was free a moment ago.
    let port = try FaultProxy(for: try await S3Peer.shared(.seaweedFS)).port
    let client = try S3Client(endpoint: "http://127.0.0.1:\(port)")
    let results = await errors(client, bench.place("a"))
    #expect(
      results.allSatisfy {
        $0 == .unreachable(endpoint: "http://127.0.0.1:\(port)", reason: "Connection refused")
      }, "\(results)")
  }
}
