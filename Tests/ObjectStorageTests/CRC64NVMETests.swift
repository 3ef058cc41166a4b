import Foundation
import Testing

@testable import ObjectStorage

@Suite("CRC-64/NVME")
struct CRC64NVMETests {
  private static func sum(_ pieces: [Data]) -> String {
    var sum = CRC64NVME()
    for piece in pieces { piece.withUnsafeBytes { sum.update($0) } }
    return sum.hexadecimal
  }

  /// The first is the check value of the catalog of CRCs, those of 4,096 equal bytes are in NVM Express's specification.
  @Test(
    "gives the published values",
    arguments: [
      (Data("123456789".utf8), "ae8b14860a799888"),
      (Data(repeating: 0, count: 4096), "6482d367eb22b64e"),
      (Data(repeating: 0xFF, count: 4096), "c0ddba7302eca3ac"),
      (Data((0..<4096).map { UInt8(truncatingIfNeeded: $0) }), "3e729f5f6750449c"),
      (Data(), "0000000000000000"),
    ])
  func values(_ content: Data, _ expected: String) {
    #expect(Self.sum([content]) == expected)
  }

  @Test("is the same in whatever pieces the bytes come")
  func pieces() {
    let content = Data((0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    let whole = Self.sum([content])
    for first in 0...20 {
      for second in first...40 {
        #expect(
          Self.sum([content[..<first], content[first..<second], content[second...]]) == whole)
      }
    }
  }
}
