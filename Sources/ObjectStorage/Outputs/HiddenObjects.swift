package import Foundation
package import IncrementalJoin
package import PartitionPredicate

/// What lies in the hidden folder of an output, which the holder of its lease lists once and changes.
package actor HiddenObjects {
  /// An object of the hidden folder.
  package struct Entry: Sendable {
    package let size: Int64
    /// nil where the store did not say it.
    let tag: ExactText?
  }

  private let places: ObjectLocations
  private let requests: OutputRequests
  private let lock: ObjectLock
  /// By the path below the folder; nil before it was listed.
  private var known: [ExactText: Entry]?

  init(_ places: ObjectLocations, _ requests: OutputRequests, _ lock: ObjectLock) {
    self.places = places
    self.requests = requests
    self.lock = lock
  }

  /// What lies there, by the path below the folder.
  package func entries() async throws(PublishError) -> [ExactText: Entry] {
    if let known { return known }
    let objects = try await requests.objects(in: places.bucket, prefix: places.hidden)
    let listed = Dictionary(
      objects.map { object in
        (places.hiddenPath(of: object.key), Entry(size: object.size, tag: object.tag))
      }, uniquingKeysWith: { $1 })
    // Another task may have listed and changed it meanwhile.
    let known = known ?? listed
    self.known = known
    return known
  }

  /// Notes that an object may lie at a place, of which the store has not said what it is.
  func note(size: Int64, at place: ObjectPlace) {
    known?[places.hiddenPath(of: place.key)] = Entry(size: size, tag: nil)
  }

  /// Writes an object in the place of the one that is known.
  ///
  /// - Parameters:
  ///   - content: All of it.
  ///   - place: In the folder.
  ///   - operation: What cannot be done when it fails, as in `write the marker`.
  /// - Throws: `PublishError.system`, also when the output is not held any more.
  package func write(
    _ content: Data, to place: ObjectPlace, _ operation: String
  ) async throws(PublishError) {
    let path = places.hiddenPath(of: place.key)
    let present = try await entries()[path]
    // What is there was seen before: whoever has taken the lease since is told apart by the condition.
    try await lock.confirm()
    let condition = present.map { $0.tag.map(WriteCondition.tag) ?? .always } ?? .absent
    do throws(ObjectError) {
      let facts = try await requests.send { client throws(ObjectError) in
        try await client.write(content, to: place, metadata: [:], if: condition)
      }
      known?[path] = Entry(size: facts.size, tag: facts.tag)
    } catch {
      try await lock.confirm()
      // Also one whose answer is lost may be there.
      let there = try await requests.send(to: operation, place) { client throws(ObjectError) in
        try await client.read(place)
      }
      known?[path] = Entry(size: there.facts.size, tag: there.facts.tag)
      guard there.content == content else { throw error.cannot(operation, place) }
    }
  }

  /// Removes an object, if it is there.
  package func remove(_ place: ObjectPlace) async throws(PublishError) {
    let validity = try await lock.validity()
    try await requests.send(to: "remove", place) { client throws(ObjectError) in
      try await client.remove(place, tag: nil, validity: validity)
    }
    known?[places.hiddenPath(of: place.key)] = nil
  }

  /// Removes objects by their paths below the folder, those that are there.
  package func remove(_ paths: [ExactText]) async throws(PublishError) {
    let keys = paths.sorted().map { places.hidden($0).key }
    do throws(PublishError) {
      try await requests.remove(keys, in: places.bucket, while: lock)
    } catch {
      // Some may be gone.
      known = nil
      throw error
    }
    for path in paths { known?[path] = nil }
  }

  /// Writes the marker that says whose the output is.
  package func claim(_ owner: OutputOwner) async throws(PublishError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let content = (try? encoder.encode(owner)) ?? Data()
    try await write(content, to: places.owner, "write the marker")
  }
}
