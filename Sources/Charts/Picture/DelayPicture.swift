import Foundation
import IncrementalJoin
import PartitionPredicate
import Wording

/// Draws arrivals: a timeline for each of the slowest partitions, starting when the first input landed.
struct DelayPicture {
  private static let width = 620
  private static let left = 210
  private static let row = 16
  /// The bars of the usual delays leave room for their figures.
  private static let usualShare = 0.45
  private let delays: ArrivalDelays
  /// What the right end of the lines stands for, in seconds.
  private let longest: Double

  init(_ delays: ArrivalDelays) {
    self.delays = delays
    let usual = delays.inputs.compactMap(\.usual.p95).max() ?? .zero
    let slowest =
      delays.slowest.lazy.flatMap(\.arrivals)
      .compactMap { $0.delay ?? $0.missingFor }.max() ?? .zero
    longest = max(usual, slowest) / .seconds(1)
  }

  /// The usual delay of each input: the median as a bar, and 95 of 100 as a lighter one.
  var usual: Picture {
    Picture(
      width: Self.width, height: delays.inputs.count * Self.row + 6,
      label: "How long after the first input each input usually lands",
      body: Markup { body in
        for (index, input) in delays.inputs.enumerated() {
          let y = index * Self.row
          label(input.usual.input, y: y, in: &body)
          body.element("g") { bar in
            bar.element("title", text: Self.sentence(input))
            for (name, delay) in [("range", input.usual.p95), ("bar", input.usual.median)] {
              guard let delay else { continue }
              bar.rect(
                name, x(0), Double(y + 3),
                max(1, (x(delay / .seconds(1)) - x(0)) * Self.usualShare), 10)
            }
          }
          body.element(
            "text",
            [
              "class": "soft",
              "x":
                (x(0) + (x((input.usual.p95 ?? .zero) / .seconds(1)) - x(0)) * Self.usualShare + 6)
                .pixels,
              "y": "\(y + 12)",
            ], text: Self.figures(input))
        }
      })
  }

  private static func figures(_ input: ArrivalDelays.Input) -> String {
    guard let median = input.usual.median, let p95 = input.usual.p95 else { return "no history" }
    let missing = input.missing == 0 ? "" : ", missing in \(Quantity.number(input.missing))"
    return "\(Quantity.span(median)), 95 % within \(Quantity.span(p95))\(missing)"
  }

  /// The text of an input's tooltip.
  static func sentence(_ input: ArrivalDelays.Input) -> String {
    "\(input.usual.input): \(figures(input)), measured on "
      + Quantity.count(input.usual.partitions, "partition")
  }

  /// The slowest partitions: a dot where an input landed, a line up to now where one is missing.
  var slowest: Picture {
    Picture(
      width: Self.width, height: delays.slowest.count * Self.row + 20,
      label: "When the inputs of the slowest partitions landed",
      body: Markup { body in
        for (index, partition) in delays.slowest.enumerated() {
          draw(partition, y: index * Self.row, in: &body)
          body.newLine()
        }
        let y = delays.slowest.count * Self.row + 12
        body.element(
          "text", ["class": "soft", "x": "\(Self.left)", "y": "\(y)"], text: "first input landed")
        body.element(
          "text", ["class": "soft end", "x": "\(Self.width - 8)", "y": "\(y)"],
          text: "\(Quantity.span(.seconds(longest))) later")
      })
  }

  private func draw(
    _ partition: ArrivalSkew.PartitionArrivals, y: Int, in body: inout Markup
  ) {
    label(partition.partition.path.text, y: y, in: &body)
    body.leaf(
      "line",
      [
        "class": "rule", "x1": "\(Self.left)", "x2": "\(Self.width - 8)", "y1": "\(y + 8)",
        "y2": "\(y + 8)",
      ])
    for arrival in partition.arrivals {
      if let waited = arrival.missingFor {
        body.element(
          "line",
          [
            "class": arrival.isLate == true ? "late" : "wait", "x1": x(0).pixels,
            "x2": x(waited / .seconds(1)).pixels, "y1": "\(y + 8)", "y2": "\(y + 8)",
          ]
        ) { line in
          line.element(
            "title",
            text: "\(arrival.input): missing for \(Quantity.span(waited))"
              + (arrival.isLate == true ? ", late" : ""))
        }
        body.element(
          "text",
          ["class": "end tag", "x": (x(waited / .seconds(1)) - 12).pixels, "y": "\(y + 12)"],
          text: "\(arrival.input)\(arrival.isLate == true ? " late" : "")")
      } else if let delay = arrival.delay {
        body.element(
          "circle",
          ["class": "dot", "cx": x(delay / .seconds(1)).pixels, "cy": "\(y + 8)", "r": "3.5"]
        ) { dot in
          dot.element(
            "title", text: "\(arrival.input): \(Quantity.span(delay)) after the first input")
        }
      }
    }
  }

  private func label(_ text: String, y: Int, in body: inout Markup) {
    body.element("text", ["class": "end", "x": "\(Self.left - 8)", "y": "\(y + 12)"]) { label in
      label.element("title", text: text)
      label.add(text.elided(32))
    }
  }

  private func x(_ seconds: Double) -> Double {
    let width = Double(Self.width - Self.left - 8)
    return Double(Self.left) + (longest > 0 ? seconds / longest * width : 0)
  }
}
