import Cells
import Testing

@Suite("A frame as a picture")
struct PictureTests {
  @Test("text is escaped, placed on the grid and colored exactly")
  func drawsText() {
    var frame = Frame(size: Size(columns: 8, rows: 1))
    frame.put("<&\">", at: Position(column: 1, row: 0), style: Style(foreground: .indexed(196)))
    frame.put("x", at: Position(column: 6, row: 0), style: Style(reverse: true))
    frame.cursor = Position(column: 6, row: 0)
    let picture = frame.svg(title: "a < b & \u{1B}c")
    #expect(
      picture == """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" width="96" height="42" \
        viewBox="0 0 96 42" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" \
        font-size="15">
        <title>a &lt; b &amp; ^[c</title>
        <rect width="96" height="42" rx="8" fill="#17191f"/>
        <rect x="66" y="12" width="9" height="18" fill="#d4d8e0"/>
        <text x="21" y="26" textLength="36" lengthAdjust="spacingAndGlyphs" \
        fill="#ff0000">&lt;&amp;&quot;&gt;</text>
        <text x="66" y="26" textLength="9" lengthAdjust="spacingAndGlyphs" fill="#17191f">x</text>
        <rect x="66" y="12" width="2" height="18" fill="#d4d8e0"/>
        </svg>

        """)
  }
}
