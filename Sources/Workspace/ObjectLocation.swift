import IncrementalJoin
import PartitionPredicate

/// A place in a bucket, spelled like `s3://lake/flights`; keys are opaque, so nothing is resolved.
struct ObjectLocation {
  /// The names after `s3://`, starting with the bucket's, which for an access point takes up the first two.
  private let names: [ExactText]

  /// Parses a place; nil for another scheme, or none.
  init?(_ text: String) {
    let scheme: ExactText = "s3://"
    guard text.exact.begins(with: scheme) else { return nil }
    var names = ExactText(Substring(text.utf8.dropFirst(scheme.text.utf8.count)))
      .parts(separatedBy: "/", omittingEmpty: false)
    if names.count > 1, names.last == "" { names.removeLast() }
    self.names = names
  }

  /// The place in the core's terms.
  var location: Location { Location(scheme: "s3", root: names.joined(separator: "/")) }

  /// Why the place cannot be used.
  func problem(isOutput: Bool) -> Mistake.LocationProblem? {
    let isAccessPoint = names[0].begins(with: "arn:") && names.count > 1
    let key = names.dropFirst(isAccessPoint ? 2 : 1)
    if !isAccessPoint, !Self.isBucket(names[0]) { return .bucket }
    if key.contains(where: { ["", ".", ".."].contains($0) }) { return .name }
    return isOutput && key.isEmpty ? .wholeBucket : nil
  }

  private static func isBucket(_ name: ExactText) -> Bool {
    let bytes = name.text.utf8
    return (3...63).contains(bytes.count)
      && bytes.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
      }
  }
}
