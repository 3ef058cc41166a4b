import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// Listings over several pages, with wrong ones among them.
@Suite("Listings by pages")
struct ListingTests {
  private func page(_ keys: Range<Int>, next: String?) -> String {
    "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>\(next != nil)</IsTruncated>"
      + (next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? "")
      + keys.map {
        "<Contents><Key>k\($0)</Key><LastModified>2026-11-29T20:05:38.000Z</LastModified>"
          + "<ETag>&#34;t&#34;</ETag><Size>1</Size></Contents>"
      }.joined() + "</ListBucketResult>"
  }

  private func listing(_ rule: @escaping FaultProxy.Rule) async throws -> Result<
    [ExactText], ObjectError
  > {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    proxy.set(rule)
    do throws(ObjectError) {
      return .success(
        try await ObjectListing(bench.client, bucket: "lake", prefix: "").objects().map(\.key))
    } catch {
      return .failure(error)
    }
  }

  /// The pages in the order of the tokens, whatever the requests' order; what else is asked for has no prefixes.
  private func rule(_ pages: [String]) -> FaultProxy.Rule {
    { request, _ in
      if request.target.exact.contains(text: "delimiter=") {
        return .answered("<R><IsTruncated>false</IsTruncated></R>")
      }
      let token = pages.indices.last { request.target.exact.contains(text: "token=t\($0)") }
      let start = request.target.exact.contains(text: "start-after=") ? 1 : 0
      return .answered(pages[token ?? start])
    }
  }

  @Test("pages are put together")
  func together() async throws {
    let pages = [page(10..<12, next: "t1"), page(12..<14, next: "t2"), page(14..<15, next: nil)]
    #expect(
      try await listing(rule(pages)).get() == (10..<15).map { "k\($0)" })
  }

  @Test("a page that comes twice, goes backwards or goes on with itself is an error")
  func wrong() async throws {
    for pages in [
      [page(10..<12, next: "t1"), page(12..<14, next: "t2"), page(12..<14, next: nil)],
      [page(10..<12, next: "t1"), page(10..<12, next: nil)],
      [page(10..<12, next: "t1"), page(12..<14, next: "t2"), page(11..<12, next: nil)],
      [page(10..<12, next: "t1"), page(12..<14, next: "t2"), page(0..<0, next: "t2")],
    ] {
      guard case .failure(.unreadable(operation: "list", _)) = try await listing(rule(pages)) else {
        Issue.record("not found out: \(pages)")
        continue
      }
    }
  }

  @Test("more keys than a page has are all listed, once each")
  func real() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    let keys = (0..<1100).map { bench.place("dt=\(100 + $0 / 11)/\($0)").key }
    await write(keys, bench)
    proxy.set { _, _ in nil }
    let listed = try await ObjectListing(bench.client, bucket: "lake", prefix: bench.prefix)
      .objects()
    #expect(listed.map(\.key) == keys.sorted())
    #expect(proxy.requests.count == 2)
  }

  @Test("much in one folder and little in many behind it is listed in ranges")
  func ranges() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    let keys =
      (0..<1000).map { bench.place("a/\(1000 + $0)").key }
      + (0..<40).map { bench.place("b=\(100 + $0)/x").key }
    await write(keys, bench)
    proxy.set { _, _ in nil }
    let listing = ObjectListing(
      bench.client, bucket: "lake", prefix: bench.prefix, firstPages: 1)
    #expect(try await listing.objects().map(\.key) == keys)
    // A page, one of folders, and one for each of two ranges.
    #expect(proxy.requests.count == 4)
  }

  @Test("what else an answer has is left out, and text comes in any form that XML has for it")
  func forms() async throws {
    let answer = """
      <?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Prefix>p/</Prefix>
      <Contents><Key><![CDATA[a<b]]></Key><Owner><ID>o</ID><Key>not this</Key></Owner>
      <LastModified>2026-11-29T20:05:38Z</LastModified><ETag>&quot;t&amp;&#x75;&quot;</ETag><Size>1</Size></Contents>
      <Contents><Size>2</Size><ETag>"v"</ETag><LastModified>2026-11-29T20:05:38.999Z</LastModified><Key>c</Key>
      <StorageClass>GLACIER</StorageClass></Contents>
      <CommonPrefixes><Prefix>p/d/</Prefix></CommonPrefixes><IsTruncated>false</IsTruncated></ListBucketResult>
      """
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(proxy)
    proxy.set { _, _ in .answered(answer) }
    let page = try await bench.client.list(
      "lake", prefix: "p/", delimiter: true, start: nil, after: nil)
    let modified = try Date("2026-11-29T20:05:38Z", strategy: .iso8601)
    #expect(
      page
        == ObjectPage(
          objects: [
            ObjectSummary(key: "a<b", size: 1, tag: "t&u", modified: modified),
            ObjectSummary(key: "c", size: 2, tag: "v", modified: modified, storageClass: "GLACIER"),
          ], prefixes: ["p/d/"]))
  }

  @Test(
    "a store that lists folders before files whose names begin alike is listed whole, and in order")
  func folders() async throws {
    let bench = try await Bench()
    let keys =
      (0..<1100).map { bench.place("x/\($0)").key }
      + ["x.parquet", "x-1", "x0", "y"].map { bench.place($0).key }
    await write(keys, bench)
    let listed = try await ObjectListing(bench.client, bucket: "lake", prefix: bench.prefix)
      .objects()
    #expect(listed.map(\.key) == keys.sorted())
  }

  private func write(_ keys: [ExactText], _ bench: Bench) async {
    await withTaskGroup(of: Void.self) { group in
      for (index, key) in keys.enumerated() {
        // More would wait for a connection, longer than a busy machine has patience for.
        if index >= 16 { await group.next() }
        group.addTask {
          let place = ObjectPlace(bucket: "lake", key: key)
          let failure = await error { () throws(ObjectError) in
            try await bench.client.write(Data(), to: place, metadata: [:], if: .absent)
          }
          #expect(failure == nil)
        }
      }
    }
  }
}
