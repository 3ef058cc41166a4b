import Foundation
import Testing
@Test func probe() throws {
  let cases = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "/tmp/wk/cases.json"))) as! [[String: String]]
  var out: [[String: String]] = []
  for c in cases {
    let folder = try TemporaryFolder()
    var c = c
    c["golden"] = try folder.complaint(about: c["yaml"]!)
    out.append(c)
  }
  try JSONSerialization.data(withJSONObject: out).write(to: URL(fileURLWithPath: "/tmp/wk/golden.json"))
}
