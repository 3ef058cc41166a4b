import PartitionPredicate
import Testing

@testable import AWSAccess

/// How files of `~/.aws` are read.
struct ProfileFileTests {
  @Test func `sections, comments, quotes and what is indented`() {
    let file = ProfileFile(
      """
      # a comment
      ignored = before any section
      [default]
      region=eu-central-1
      [profile  "my own" ] ; a comment
      \tRegion =  eu-west-1   # where it is
          output = json
        ; a comment
      s3 =
        endpoint_url = http://127.0.0.1:1
        addressing_style=path
      aws_secret_access_key = a=b#c;d
      no sign

      [sso-session x]\r
      sso_region = us-east-1\r
      [default]
      output = text
      """)
    #expect(
      file.sections == [
        "default": ["region": "eu-central-1", "output": "text"],
        "profile my own": [
          "region": "eu-west-1", "region.output": "json", "s3": "",
          "s3.endpoint_url": "http://127.0.0.1:1", "s3.addressing_style": "path",
          "aws_secret_access_key": "a=b#c;d",
        ],
        "sso-session x": ["sso_region": "us-east-1"],
      ])
  }

  @Test func `a section whose lines are all indented alike`() {
    let file = ProfileFile("[a]\n  x = 1\n  y = 2\n")
    #expect(file.sections == ["a": ["x": "1", "y": "2"]])
  }

  @Test func `names are bytes`() {
    #expect(ProfileFile("[e\u{301}]\n[é]\n").sections.count == 2)
  }

  @Test func `a section that does not end is none`() {
    #expect(ProfileFile("[a]\nx = 1\n[b\ny = 2\n").sections == ["a": ["x": "1"]])
  }
}
