import PartitionPredicate
import Wording

extension PictureStyle {
  /// Shows the shades of a measure instead of the status colors while its button is selected.
  static let measureSheet: StaticString = """
    body:has(#m-bytes:checked,#m-rows:checked,#m-lag:checked,#m-match:checked) .c{fill:var(--absent)}
    body:has(#m-bytes:checked,#m-rows:checked,#m-lag:checked,#m-match:checked) :is(text.mark,.statuses){display:none}
    body:has(#m-bytes:checked) .m-bytes,body:has(#m-rows:checked) .m-rows,body:has(#m-lag:checked) .m-lag,\
    body:has(#m-match:checked) .m-match{display:flex}
    body:has(#m-bytes:checked) .b0,body:has(#m-rows:checked) .r0,body:has(#m-lag:checked) .l0,\
    body:has(#m-match:checked) .m0{fill:var(--s0)}
    body:has(#m-bytes:checked) .b1,body:has(#m-rows:checked) .r1,body:has(#m-lag:checked) .l1,\
    body:has(#m-match:checked) .m1{fill:var(--s1)}
    body:has(#m-bytes:checked) .b2,body:has(#m-rows:checked) .r2,body:has(#m-lag:checked) .l2,\
    body:has(#m-match:checked) .m2{fill:var(--s2)}
    body:has(#m-bytes:checked) .b3,body:has(#m-rows:checked) .r3,body:has(#m-lag:checked) .l3,\
    body:has(#m-match:checked) .m3{fill:var(--s3)}
    body:has(#m-bytes:checked) .b4,body:has(#m-rows:checked) .r4,body:has(#m-lag:checked) .l4,\
    body:has(#m-match:checked) .m4{fill:var(--s4)}
    """

  /// The id of the button of a measure.
  static func id(of measure: CalendarMeasure) -> String {
    switch measure {
    case .status: "m-status"
    case .bytes: "m-bytes"
    case .rows: "m-rows"
    case .lag: "m-lag"
    case .matchRate: "m-match"
    }
  }

  /// A colored cell, for use beside a word.
  static func swatch(_ classes: String, mark: String?) -> Markup {
    Markup { body in
      body.element(
        "svg",
        ["width": "12", "height": "12", "viewBox": "0 0 12 12", "aria-hidden": "true"]
      ) { svg in
        svg.leaf(
          "rect", ["class": classes, "x": "1", "y": "1", "width": "10", "height": "10", "rx": "2"])
        if let mark {
          svg.element("text", ["class": "mark \(classes)", "x": "6", "y": "9"], text: mark)
        }
      }
    }
  }
}

extension Picture {
  /// The picture as part of a page.
  var image: Markup {
    Markup { body in
      body.element(
        "svg",
        [
          "role": "img", "width": "\(width)", "height": "\(height)",
          "viewBox": "0 0 \(width) \(height)", "aria-label": label,
        ]
      ) { $0.add(self.body) }
    }
  }
}

extension Markup {
  /// Adds text in which commands are enclosed in backquotes.
  mutating func add(code text: String) {
    for (index, part) in text.exact.parts(separatedBy: "`", omittingEmpty: false).enumerated() {
      if index.isMultiple(of: 2) { add(part.text) } else { element("code", text: part.text) }
    }
  }
}

extension CalendarMeasure {
  /// A value in readable form.
  public func text(of value: Double) -> String {
    switch self {
    case .status: ""
    case .bytes: Quantity.bytes(Int64(value))
    case .rows: Quantity.count(Int(value), "row")
    case .lag: Quantity.span(.seconds(value))
    case .matchRate: Quantity.percent(value)
    }
  }
}
