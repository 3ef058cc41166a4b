import Foundation

/// A span of time by its two largest units: `12s`, `5m 3s`, `3d 4h`.
func span(_ duration: Duration) -> String {
  duration.formatted(
    .units(
      allowed: [.days, .hours, .minutes, .seconds], width: .narrow, maximumUnitCount: 2
    ).locale(Locale(identifier: "en_US")))
}
