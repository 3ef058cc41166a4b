package import Foundation
package import IncrementalJoin
import PartitionPredicate

/// The lease object of an output while this process holds it: until it is given up, or another writer takes it.
///
/// It is written on condition of what was there before, so that one writer at a time gets it, and renewed in the
/// background. It says until when nobody else takes it, by the store's clock.
package actor ObjectLock {
  private enum State { case held, lost, released }

  private let places: ObjectLocations
  private let requests: OutputRequests
  private let terms: LeaseTerms
  /// The lease object as this process has written it last.
  private var seen: SeenLease
  private var state = State.held
  private var renewal: Task<ObjectError?, Never>?
  private var timer: Task<Void, Never>?

  private init(
    _ places: ObjectLocations, _ requests: OutputRequests, _ terms: LeaseTerms, _ seen: SeenLease
  ) {
    self.places = places
    self.requests = requests
    self.terms = terms
    self.seen = seen
  }

  deinit { timer?.cancel() }

  /// The number that no holder before had.
  var token: Int { seen.record.token }

  /// Takes the lease of an output.
  ///
  /// - Parameters:
  ///   - places: The output's.
  ///   - holder: What others are told.
  ///   - terms: How long it lasts.
  ///   - requests: To the store.
  ///   - prepare: Makes sure that the store is fit for an output without a lease object, and asks its clock.
  /// - Returns: The lease, and whether the one before had been given up, so that nothing of its holder is under way.
  /// - Throws: `PublishError.locked` while somebody else holds it.
  static func take(
    _ places: ObjectLocations, as holder: LockHolder, _ terms: LeaseTerms,
    _ requests: OutputRequests,
    prepare: () async throws(PublishError) -> StoreClock
  ) async throws(PublishError) -> (lock: ObjectLock, wasReleased: Bool) {
    var other: SeenLease?
    for _ in 1...3 {
      let seen = try await read(places, requests)
      other = seen
      if let seen, !seen.isFree(terms) { break }
      let clock: StoreClock
      do throws(PublishError) {
        clock = if let seen { seen.clock } else { try await prepare() }
      } catch {
        // Who has taken the lease meanwhile has removed what the trial had written.
        guard try await read(places, requests) != nil else { throw error }
        continue
      }
      let record = LeaseRecord(
        token: (seen?.record.token ?? 0) + 1, holder: holder, until: clock.now + terms.seconds)
      do throws(ObjectError) {
        let condition = seen.map { WriteCondition.tag($0.tag) } ?? .absent
        // Somebody may be faster.
        guard
          let taken = try await SeenLease.write(record, to: places.lease, if: condition, requests)
        else { continue }
        let lock = ObjectLock(places, requests, terms, taken)
        await lock.startTimer()
        return (lock, seen?.record.isReleased == true)
      } catch {
        throw error.cannot("take the lock", places.lease)
      }
    }
    throw .locked(
      location: places.location, by: other?.record.holder, freeAfter: other?.rest(terms))
  }

  /// The lease object; nil when there is none.
  static func read(
    _ places: ObjectLocations, _ requests: OutputRequests
  ) async throws(PublishError) -> SeenLease? {
    do throws(ObjectError) {
      return try await SeenLease.read(places.lease, requests)
    } catch {
      throw error.cannot("read the lock", places.lease)
    }
  }

  /// Checks that nobody else can have taken the lease yet, and renews it when that is not sure.
  ///
  /// - Throws: `PublishError.system` when it is not held any more.
  package func check() async throws(PublishError) {
    guard state == .held, ContinuousClock.now < end else { return try await confirm() }
  }

  /// Makes sure, by a write, that nobody else has taken the lease so far.
  ///
  /// - Throws: As `check`.
  package func confirm() async throws(PublishError) {
    let error = await renew()
    guard state == .held else {
      throw .system(
        operation: "write to", path: places.location.description,
        reason: "this run no longer holds its lock")
    }
    if let error { throw error.cannot("renew the lock", places.lease) }
  }

  /// How long a request may be carried out that nothing else keeps from coming too late.
  ///
  /// - Throws: As `check`.
  package func validity() async throws(PublishError) -> RequestValidity {
    try await check()
    if end - ContinuousClock.now < terms.duration / 2 { try await confirm() }
    let clock = seen.clock
    return RequestValidity(
      from: clock.shown, seconds: Int(seen.record.until.timeIntervalSince(clock.shown)))
  }

  /// What the store's clock shows now, when nobody else can have taken the lease, nor will before half of it is over.
  ///
  /// - Throws: As `check`.
  package func instant() async throws(PublishError) -> Date {
    _ = try await validity()
    return seen.clock.now
  }

  /// Gives up the lease; repeating it does nothing.
  ///
  /// - Parameter isSettled: Whether nothing that was asked of the store can still be carried out. Else whoever
  ///   comes next waits until the lease has expired.
  package func release(isSettled: Bool) async {
    timer?.cancel()
    while let renewal { _ = await renewal.value }
    guard state == .held else { return }
    state = .released
    guard isSettled else { return }
    var record = seen.record
    record.isReleased = true
    _ = try? await SeenLease.write(record, to: places.lease, if: .tag(seen.tag), requests)
  }

  /// When others may take it, at the earliest.
  private var end: ContinuousClock.Instant { seen.clock.instant(of: seen.record.until) }

  /// Writes the lease object anew, after a renewal that is under way.
  ///
  /// - Returns: Why it is not known whether the lease is still held; nil when that is known.
  private func renew() async -> ObjectError? {
    while let renewal { _ = await renewal.value }
    guard state == .held else { return nil }
    let task = Task { () async -> ObjectError? in
      defer { renewal = nil }
      var record = seen.record
      record.until = seen.clock.now + terms.seconds
      do throws(ObjectError) {
        let written = try await SeenLease.write(
          record, to: places.lease, if: .tag(seen.tag), requests)
        if let written { seen = written } else { state = .lost }
        return nil
      } catch {
        return error
      }
    }
    renewal = task
    return await task.value
  }

  /// Renews the lease now and then, as long as somebody uses it.
  private func startTimer() {
    timer = Task { [weak self, pause = terms.pause] in
      while !Task.isCancelled {
        try? await Task.sleep(for: pause)
        guard await self?.keepUp() == true else { return }
      }
    }
  }

  private func keepUp() async -> Bool {
    // A store that does not answer now may do so in time.
    _ = await renew()
    return state == .held
  }
}

/// How long a lease lasts without being renewed, and after which time it is renewed.
struct LeaseTerms: Sendable {
  let duration: Duration
  let pause: Duration
  /// How much longer others wait once it has expired.
  let skew: Duration

  var seconds: Double { duration / .seconds(1) }
}
