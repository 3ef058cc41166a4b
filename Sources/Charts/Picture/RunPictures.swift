import Foundation
import IncrementalJoin
import Wording

/// Draws runs: rows, time and match rate as bars, one below the other, one column per run.
struct RunPictures {
  /// The most runs a page shows, the newest ones.
  static let limit = 40

  private static let width = 620
  private static let left = 96
  private static let band = 56
  private let points: [RunHistory.Point]

  init(_ history: RunHistory) { points = history.points.suffix(Self.limit) }

  var picture: Picture {
    let bands: [(String, [Double?], (RunHistory.Point) -> String)] = [
      ("rows written", points.map { Double($0.rows) }, { Quantity.count(Int($0.rows), "row") }),
      ("time", points.map { $0.took.map { $0 / .seconds(1) } }, { Self.time(of: $0) }),
      (
        "match rate", points.map(\.matchRate),
        { $0.matchRate.map { Quantity.percent($0) } ?? "nothing counted" }
      ),
    ]
    return Picture(
      width: Self.width, height: bands.count * (Self.band + 14) + 16,
      label: "The last \(Quantity.count(points.count, "run")): rows written, time, match rate",
      body: Markup { body in
        for (index, (title, values, text)) in bands.enumerated() {
          let top = index * (Self.band + 14) + 4
          draw(
            title, values, isShare: index == 2, isTime: index == 1, top: top, text: text, in: &body)
          body.newLine()
        }
        drawNumbers(y: bands.count * (Self.band + 14) + 10, in: &body)
      })
  }

  private var pitch: Double {
    min(22, Double(Self.width - Self.left - 4) / Double(max(1, points.count)))
  }

  private func x(_ index: Int) -> Double { Double(Self.left) + Double(index) * pitch }

  private static func time(of point: RunHistory.Point) -> String {
    guard let took = point.took else { return "has not ended" }
    let phases: [(String, Duration)] = [
      ("plan", point.timings.plan), ("stage", point.timings.stage),
      ("publish", point.timings.publish), ("commit", point.timings.commit),
    ]
    return Quantity.elapsed(took) + ": "
      + phases.map { "\($0) \(Quantity.elapsed($1))" }.joined(separator: ", ")
  }

  private func draw(
    _ title: String, _ values: [Double?], isShare: Bool, isTime: Bool, top: Int,
    text: (RunHistory.Point) -> String, in body: inout Markup
  ) {
    let most = isShare ? 1 : values.compactMap(\.self).max() ?? 0
    let base = top + Self.band
    body.element(
      "text", ["class": "end", "x": "\(Self.left - 8)", "y": "\(top + 12)"], text: title)
    let greatest =
      isShare
      ? "100 %"
      : isTime ? Quantity.elapsed(.seconds(most)) : Quantity.number(Int64(most))
    body.element(
      "text", ["class": "soft end", "x": "\(Self.left - 8)", "y": "\(top + 26)"], text: greatest)
    body.leaf(
      "line",
      [
        "class": "rule", "x1": "\(Self.left)", "y1": "\(base)", "x2": "\(Self.width)",
        "y2": "\(base)",
      ])
    for (index, (point, value)) in zip(points, values).enumerated() {
      guard let value, most > 0 else { continue }
      let height = max(1, value / most * Double(Self.band - 4))
      let hasFailed = point.failed > 0 || point.state == .failed
      body.element("g") { bar in
        bar.element("title", text: "Run \(point.run), \(point.state.rawValue): \(text(point))")
        if isTime {
          drawPhases(of: point, x: x(index), base: Double(base), height: height, in: &bar)
        } else {
          bar.rect(hasFailed ? "failed" : "bar", x(index), Double(base) - height, pitch - 2, height)
        }
      }
    }
  }

  /// The time of a run by phase, from the bottom up; what no phase accounts for is on top.
  private func drawPhases(
    of point: RunHistory.Point, x: Double, base: Double, height: Double, in body: inout Markup
  ) {
    let timings = point.timings
    let phases: [(StaticString, Duration)] = [
      ("plan", timings.plan), ("stage", timings.stage), ("publish", timings.publish),
      ("commit", timings.commit),
    ]
    let whole = max(
      phases.reduce(0) { $0 + $1.1 / .seconds(1) }, (point.took ?? .zero) / .seconds(1))
    guard whole > 0 else { return body.rect("range", x, base - height, pitch - 2, height) }
    body.rect("range", x, base - height, pitch - 2, height)
    var bottom = base
    for (phase, time) in phases {
      let part = time / .seconds(1) / whole * height
      bottom -= part
      body.rect("\(phase)", x, bottom, pitch - 2, part)
    }
  }

  private func drawNumbers(y: Int, in body: inout Markup) {
    let step = max(1, Int((20 / pitch).rounded(.up)))
    for (index, point) in points.enumerated() where index.isMultiple(of: step) {
      let hasFailed = point.failed > 0 || point.state == .failed
      body.element(
        "text", ["class": "soft", "x": x(index).pixels, "y": "\(y)"],
        text: "\(point.run)\(hasFailed ? " x" : "")")
    }
  }
}

extension Markup {
  /// Adds a rectangle.
  mutating func rect(
    _ name: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) {
    leaf(
      "rect",
      [
        "class": name, "x": x.pixels, "y": y.pixels, "width": max(0, width).pixels,
        "height": max(0, height).pixels,
      ])
  }
}

extension Double {
  /// A coordinate with one decimal.
  var pixels: String {
    let tenths = Int((self * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
