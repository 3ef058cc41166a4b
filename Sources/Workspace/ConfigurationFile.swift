import IncrementalJoin
import PartitionPredicate

/// A YAML file of the operator's, of which this module knows the shape and not the meaning.
public struct ConfigurationFile: Sendable {
  /// A value of the file, with its place.
  public struct Value: Sendable {
    /// What the value is.
    public enum Content: Sendable {
      /// YAML's null, such as a key without a value.
      case nothing
      /// Any scalar, as it was written.
      case text(String)
      case list([Value])
      /// In the order of the file; no two keys are the same.
      case mapping([(key: String, keyPlace: Place, value: Value)])
    }

    /// What it is.
    public let content: Content
    /// Where it begins.
    public let place: Place
  }

  /// A place of the file, counted from 1.
  public struct Place: Hashable, Comparable, Sendable {
    let position: Position

    /// Compares by line, then by column.
    public static func < (left: Place, right: Place) -> Bool { left.position < right.position }
  }

  private let source: SourceText
  /// The document; nil when there is none.
  public let root: Value?

  /// Reads a file.
  ///
  /// - Returns: nil when there is no such file, which is no mistake.
  /// - Throws: `WorkspaceError.unreadable`, or `.invalid` when it is not UTF-8 or not YAML, or has a key that is not text
  ///   or occurs twice.
  public init?(path: String) throws(WorkspaceError) {
    let source: SourceText
    do throws(WorkspaceError) {
      source = try SourceText(path: path)
    } catch .notFound {
      return nil
    } catch {
      throw error
    }
    var mistakes: [Mistake] = []
    let document = try source.compose()
    root = document.map { Self.value($0, source, &mistakes) }
    if !mistakes.isEmpty { throw .invalid(mistakes, more: 0) }
    self.source = source
  }

  /// A mistake at a place: what is wrong, and what to write.
  public func mistake(_ sentence: String, hint: String, at place: Place) -> Mistake {
    source.mistake(.other(sentence, hint: hint), at: place.position)
  }

  private static func value(
    _ value: YAMLValue, _ source: SourceText, _ mistakes: inout [Mistake]
  ) -> Value {
    let content: Value.Content
    switch value.kind {
    case .nothing: content = .nothing
    case .text: content = .text(value.text ?? "")
    case .list: content = .list(value.items.map { Self.value($0, source, &mistakes) })
    case .mapping:
      var pairs: [(key: String, keyPlace: Place, value: Value)] = []
      for (key, value) in value.pairs {
        guard let name = key.text else {
          mistakes.append(source.mistake(.keyNotText(of: source.file), at: key.position))
          continue
        }
        if let first = pairs.first(where: { $0.key.exact == name.exact }) {
          mistakes.append(
            source.mistake(
              .duplicate(.key, name, first: name, line: first.keyPlace.position.line),
              at: key.position))
          continue
        }
        pairs.append((name, Place(position: key.position), Self.value(value, source, &mistakes)))
      }
      content = .mapping(pairs)
    }
    return Value(content: content, place: Place(position: value.position))
  }
}
