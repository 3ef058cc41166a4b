public import IncrementalJoin
import PartitionPredicate

/// Why a Glue bookmark cannot be read or taken over; nothing was changed.
public enum GlueBookmarkError: CategorizedError, Hashable, Sendable {
  /// The bookmark is not the JSON that is known.
  case unreadable(job: String, reason: String)
  /// The bookmark of a context is of another kind of source.
  case otherClass(job: String, context: String, class: String)
  /// A value of a context is missing (nil), or is not what is known of it.
  case malformed(job: String, context: String, key: String, value: String?)
  /// No context of the bookmark is that of an input.
  case noContext(job: String, context: String, input: String, known: [String])
  /// Files of an input are not those that a Glue job could have read.
  case notInS3(input: String, location: Location)
  /// A part of an input could not be listed.
  case unseen(ListingProblem)
}

extension GlueBookmarkError {
  /// What was named is not there, or what Glue says cannot be read.
  public var category: ErrorCategory {
    switch self {
    case .noContext, .notInS3: .usage
    case .unreadable, .otherClass, .malformed, .unseen: .failed
    }
  }
}

extension GlueBookmarkError: CustomStringConvertible {
  /// The sentence for the operator: what cannot be read, and what to do instead.
  public var description: String {
    let instead =
      "Nothing was taken from it; `dovetail bookmarks set` takes the current files as consumed, also by --where."
    switch self {
    case .unreadable(let job, let reason):
      return "The bookmark of the Glue job \(job) cannot be read: \(reason). \(instead)"
    case .otherClass(let job, let context, let name):
      return
        "The bookmark of the Glue job \(job) has a \(name) for \(context), and only that of files in S3 "
        + "(HadoopDataSourceJobBookmarkState) can be read. \(instead)"
    case .malformed(let job, let context, let key, nil):
      return "The bookmark of the Glue job \(job) has no \(key) for \(context). \(instead)"
    case .malformed(let job, let context, let key, let value?):
      let shown = value.utf8.count > 80 ? "\(value.prefix(80))…" : value
      return
        "The bookmark of the Glue job \(job) has \(key) \"\(shown)\" for \(context), which cannot be read. \(instead)"
    case .noContext(let job, let context, let input, let known):
      let near = NearName.of(context, in: known).map { " Did you mean \($0)?" } ?? ""
      let there =
        known.isEmpty
        ? "it has none: the job reads nothing with one"
        : "it has \(known.joined(separator: ", "))"
      return
        "The bookmark of the Glue job \(job) has no transformation_ctx \(context) for the input \(input); \(there).\(near) "
        + "Name it with --context \(input)=NAME, or take only another input with --input."
    case .notInS3(let input, let location):
      return
        "The input \(input) is in \(location), and a Glue bookmark is about files in S3. Name another input with "
        + "--input; `dovetail bookmarks set` takes the current files as consumed."
    case .unseen(let problem): return "\(problem)"
    }
  }
}
