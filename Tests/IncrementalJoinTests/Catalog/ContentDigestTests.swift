import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("Checksums of a content")
struct ContentDigestTests {
  @Test("are one text, whatever their order was: the SHA-256 first, and without its name")
  func text() {
    let digest = ContentDigest("crc64nvme:02 sha256:01 crc32:03")
    #expect(digest.text == "01 crc32:03 crc64nvme:02" && digest.sha256 == "01")
    #expect(ContentDigest("01").text == "01" && ContentDigest("01").sha256 == "01")
    #expect(ContentDigest("crc64nvme:02").text == "crc64nvme:02")
    #expect(ContentDigest("crc64nvme:02").sha256 == nil && ContentDigest("").text == "")
  }

  @Test("are of the same content where they share a kind and differ in none that they share")
  func comparison() {
    let consumed = ContentDigest("01 crc64nvme:02")
    for same in ["01", "crc64nvme:02", "01 crc32:09", "crc64nvme:02 crc32:09"] {
      #expect(consumed.isSameContent(as: ContentDigest(same.exact)), "\(same)")
      #expect(ContentDigest(same.exact).isSameContent(as: consumed), "\(same)")
    }
    for other in ["", "02", "crc32:01", "crc64nvme:03", "01 crc64nvme:03", "05 crc64nvme:02"] {
      #expect(!consumed.isSameContent(as: ContentDigest(other.exact)), "\(other)")
    }
    #expect(!ContentDigest("").isSameContent(as: ContentDigest("")))
  }
}
