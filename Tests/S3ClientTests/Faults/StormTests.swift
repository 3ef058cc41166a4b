import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

@testable import S3Client

/// Many requests of which many go wrong, in every way, as a seed has it.
@Suite("Storms of faults")
struct StormTests {
  /// Chooses a fault for some three of ten requests.
  private final class Weather: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func fault(_ request: StoreRequest) -> StoreFault? {
      let all: [StoreFault] = [
        .refused(503, "SlowDown"), .refused(500, "InternalError"), .cutBefore, .lost,
        .brokenAfter(500, "InternalError"), .brokenAfter(504, ""), .cutBody(after: 3),
        .slow(pieces: 11), .answered("<html>Bad Gateway</html>", status: 502),
      ]
      let choice = generator.withLock { Int.random(in: 0..<30, using: &$0) }
      return all.indices.contains(choice) ? all[choice] : nil
    }
  }

  @Test("nothing is lost, nothing is doubled, and what a lost answer was about can be looked up")
  func storm() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let bench = try Bench(
      proxy, retries: RetryPolicy(attempts: 30, firstPause: .zero, longestPause: .zero))
    let calm = try await Bench()
    let weather = Weather(seed: SeededGenerator.chooseSeed())
    proxy.set { request, _ in weather.fault(request) }

    for number in 0..<40 {
      let key = "\(number)".exact
      let place = bench.place(key)
      // Written, replaced by an upload, read, and every third one removed.
      let first = try await settled(calm, place) { () throws(ObjectError) in
        _ = try await bench.write("first \(number)", to: key, if: .absent)
      }
      let (upload, parts) = try await bench.staged("second \(number)", at: key)
      let second = try await settled(calm, place) { () throws(ObjectError) in
        _ = try await bench.client.complete(upload, parts: parts, if: .tag(first))
      }
      #expect(second == bench.client.tag(of: parts))
      let path = "\(bench.folder.path)/\(number)"
      try await bench.client.download(place, tag: second, to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "second \(number)")
      if number % 3 == 0 {
        let gone = try await settled(calm, place) { () throws(ObjectError) in
          try await bench.client.remove(place, tag: second, validity: nil)
        }
        #expect(gone.isEmpty)
      }
    }

    let left = (0..<40).filter { $0 % 3 != 0 }.map { bench.place("\($0)".exact).key }.sorted()
    let listed = try await ObjectListing(bench.client, bucket: "lake", prefix: bench.prefix)
      .objects()
    #expect(listed.map(\.key) == left)
    // Only begun twice, never completed twice: what is left of lost answers is found, and given up.
    for upload in try await bench.client.uploads(in: "lake", prefix: bench.prefix) {
      try await bench.client.abort(upload)
    }
    #expect(try await calm.client.uploads(in: "lake", prefix: bench.prefix) == [])
  }

  /// The tag that is there after a write, empty for none; a write whose answer was lost, and of which nothing is to be
  /// seen, is tried again.
  private func settled(
    _ calm: Bench, _ place: ObjectPlace, _ write: () async throws(ObjectError) -> Void
  ) async throws -> ExactText {
    let before = try await tag(calm, place)
    while true {
      let failure = await error(of: write)
      let now = try await tag(calm, place)
      guard case .lost = failure else {
        #expect(failure == nil)
        return now
      }
      if now != before { return now }
    }
  }

  private func tag(_ calm: Bench, _ place: ObjectPlace) async throws -> ExactText {
    let page = try await calm.client.list(
      place.bucket, prefix: place.key, delimiter: false, start: nil, after: nil)
    return page.objects.first { $0.key == place.key }?.tag ?? ""
  }
}
