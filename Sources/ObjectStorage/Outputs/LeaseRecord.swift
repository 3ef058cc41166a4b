import Foundation
import IncrementalJoin
import PartitionPredicate

/// What the lease object of an output says.
struct LeaseRecord: Hashable, Sendable, Codable {
  /// Of this lease alone, so that a holder knows its own writes.
  var id = UUID()
  /// Greater than that of every holder before.
  let token: Int
  let holder: LockHolder
  /// The holder's; nil where the system does not tell.
  var process = ProcessIdentity.current
  /// When others may take the lease, by the store's clock.
  var until: Date
  var isReleased = false

  /// The bytes of the object.
  func encoded() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)) ?? Data()
  }
}

/// A lease object as it was read.
struct SeenLease: Sendable {
  let record: LeaseRecord
  let tag: ExactText
  let clock: StoreClock

  /// Whether somebody else can take the lease: it was given up, has expired, or its holder has ended and nothing that it
  /// has asked for can be carried out any more.
  func isFree(_ terms: LeaseTerms) -> Bool {
    record.isReleased || record.until + terms.skew / .seconds(1) <= clock.shown
      || terms.skew == .zero && record.process?.hasEnded == true
  }

  /// How long it keeps others out at most, unless it is renewed.
  func rest(_ terms: LeaseTerms) -> Duration {
    let seconds = record.until.timeIntervalSince(clock.now) + terms.skew / .seconds(1)
    // The clock was shown to the second.
    return .seconds(max(0, seconds.rounded(.up)) + 1)
  }

  /// Reads the lease object of an output; nil when there is none.
  ///
  /// - Throws: `ObjectError`; `.unreadable` of one that is not ours.
  static func read(
    _ place: ObjectPlace, _ requests: OutputRequests
  ) async throws(ObjectError) -> SeenLease? {
    let sent = ContinuousClock.now
    let (content, facts): (Data, ObjectFacts)
    do throws(ObjectError) {
      (content, facts) = try await requests.send { client throws(ObjectError) in
        try await client.read(place)
      }
    } catch .absent {
      return nil
    }
    guard let record = try? JSONDecoder().decode(LeaseRecord.self, from: content) else {
      throw .unreadable(
        operation: "read \(place)",
        reason: "it does not say who writes the output (while nobody does, remove it)")
    }
    return SeenLease(
      record: record, tag: facts.tag, clock: StoreClock(facts.answeredAt, sent: sent))
  }

  /// Writes the lease object.
  ///
  /// - Returns: What is there now; nil when it is another holder's.
  /// - Throws: `ObjectError`, also when nobody can say whether it was written.
  static func write(
    _ record: LeaseRecord, to place: ObjectPlace, if condition: WriteCondition,
    _ requests: OutputRequests
  ) async throws(ObjectError) -> SeenLease? {
    let sent = ContinuousClock.now
    do throws(ObjectError) {
      let facts = try await requests.send { client throws(ObjectError) in
        try await client.write(record.encoded(), to: place, metadata: [:], if: condition)
      }
      return SeenLease(
        record: record, tag: facts.tag, clock: StoreClock(facts.answeredAt, sent: sent))
    } catch {
      guard error.isInDoubt else { throw error }
      let seen = try await read(place, requests)
      return seen?.record.id == record.id ? seen : nil
    }
  }
}

extension ObjectError {
  /// Whether only a look tells what became of a conditional write: it may be one's own that is there.
  var isInDoubt: Bool {
    switch self {
    case .unmet, .noUpload, .lost: true
    default: false
    }
  }
}
