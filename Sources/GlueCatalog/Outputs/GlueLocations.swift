import IncrementalJoin
import ObjectStorage
import PartitionPredicate

/// Where the versions of an output's partitions lie.
///
/// Each has a prefix of its own, `versions-of-<name>/<run>-<id>/<partition>/` beside the table's location, which stays
/// empty. The prefix neither begins with the table's nor has a name that readers take for a hidden one.
struct GlueLocations: Hashable, Sendable {
  let objects: ObjectLocations
  let table: CatalogName
  /// What the keys of all versions begin with.
  private let versions: ExactText

  init(_ objects: ObjectLocations, _ table: CatalogName) {
    self.objects = objects
    self.table = table
    versions = ObjectPlace(folder: objects.location.versionsFolder).key
  }

  /// The version of a partition that is staged together with others.
  func version(of partition: Partition, in batch: StagedBatch) -> VersionPlace {
    let path = partition.keys.isEmpty ? "" : partition.path
    return VersionPlace(
      Location(
        scheme: "s3", root: "\(objects.bucket)/\(versions)\(batch)\(path.isEmpty ? "" : "/")\(path)"
      ))
  }

  /// What the keys of everything begin with that was staged together.
  func folder(of batch: StagedBatch) -> ExactText { "\(versions)\(batch)/" }

  /// The object that says that something is staged, and of which columns.
  func note(of batch: StagedBatch) -> ObjectPlace { objects.hidden("staging/\(batch).json") }

  /// Whether a version was staged by this output, so that it may be removed.
  func isOwn(_ version: VersionPlace) -> Bool {
    version.folder.map { $0.bucket == objects.bucket && $0.key.begins(with: versions) } ?? false
  }
}

/// What one holder of an output stages in one run, by names that no other run and no other holder has.
struct StagedBatch: Hashable, Sendable, CustomStringConvertible {
  let run: RunID
  let id: ExactText

  init(run: RunID, id: ExactText) {
    self.run = run
    self.id = id
  }

  /// Reads the path of a note in the hidden folder; nil for that of another object.
  init?(path: ExactText) {
    guard path.begins(with: "staging/"), path.ends(with: ".json") else { return nil }
    let names = path.dropping("staging/").parts(separatedBy: ".")[0].parts(separatedBy: "-")
    guard names.count == 2, let run = Int64(names[0].text) else { return nil }
    self.init(run: RunID(run), id: names[1])
  }

  var description: String { "\(run)-\(id)" }
}

/// Where one version of a partition lies, in one spelling of all that a catalog may have for it.
struct VersionPlace: Hashable, Sendable {
  /// Without a slash at the end.
  private let text: ExactText

  init(_ location: Location) { self.init(catalog: location.description) }

  /// Takes a location as the catalog has it.
  init(catalog location: String) {
    var bytes = location.utf8[...]
    // Hadoop's names of the same store.
    for scheme in ["s3a:", "s3n:"] where bytes.starts(with: scheme.utf8) {
      bytes = "s3:\(Substring(bytes.dropFirst(scheme.utf8.count)))".utf8[...]
    }
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    text = ExactText(Substring(bytes))
  }

  /// For people, and as ledgers know it.
  var token: StoreToken { StoreToken(text) }

  /// As the catalog is told it.
  var location: String { "\(text)/" }

  /// What the keys of its files begin with; nil where it lies in no bucket.
  var folder: ObjectPlace? {
    guard let place = Location(url: text), ["s3", "s3a", "s3n"].contains(place.scheme) else {
      return nil
    }
    return ObjectPlace(folder: Location(scheme: "s3", root: place.root))
  }
}
