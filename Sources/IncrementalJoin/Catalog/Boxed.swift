/// A large value that is kept once, however many copies there are of what holds it.
///
/// Each of a million partitions names its job's inputs; with their tables in them they would take half a gigabyte.
@propertyWrapper
public struct Boxed<Value: Sendable>: Sendable {
  private final class Box: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private let box: Box

  /// The value.
  public var wrappedValue: Value { box.value }

  /// Keeps a value.
  public init(wrappedValue value: Value) { box = Box(value) }
}

extension Boxed: Equatable where Value: Equatable {
  /// Whether the values are equal.
  public static func == (left: Boxed, right: Boxed) -> Bool {
    left.box === right.box || left.box.value == right.box.value
  }
}

extension Boxed: Hashable where Value: Hashable {
  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}
