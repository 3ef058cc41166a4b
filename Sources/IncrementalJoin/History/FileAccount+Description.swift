import Foundation

extension FileAccount: CustomStringConvertible {
  /// A line about the file and the input, then one for each build that read it.
  public var description: String {
    let head = "\(file) of table \(table), input \(input) of job \(job)"
    guard !uses.isEmpty else {
      return "\(head): no build has read it. It is pending, held, or not a data file of the table; "
        + "`dovetail pending --job \(job)` lists what is pending."
    }
    let lines = uses.map { use in
      let size =
        "\(use.file.size) bytes of "
        + Date(nanoseconds: use.file.modified).formatted(.iso8601)
      return "  \(use.partition): read by run \(use.run) (\(size))"
        + (use.isPublished ? ", published now" : ", replaced since")
    }
    return ([head] + lines).joined(separator: "\n")
  }
}
