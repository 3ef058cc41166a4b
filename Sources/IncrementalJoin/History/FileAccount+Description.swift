import Foundation
import Wording

extension FileAccount: CustomStringConvertible {
  /// A line about the file and the input, then one for each build that read it.
  public var description: String {
    let head = "\(file) of table \(table), input \(input) of job \(job)"
    guard !uses.isEmpty else {
      return
        "\(head): no build has read it. It is pending or held, it changed no rows (compacted, or out of "
        + "reach), or it is not a data file of the table; `dovetail pending --job \(job)` lists what is pending."
    }
    let lines = uses.map { use in
      let size =
        "\(Quantity.count(use.file.size, "byte")) of "
        + "\(Quantity.instant(nanoseconds: use.file.modified)) UTC"
      return "  \(use.partition): read by run \(use.run) (\(size))"
        + (use.isPublished ? ", published now" : ", replaced since")
    }
    return ([head] + lines).joined(separator: "\n")
  }
}
