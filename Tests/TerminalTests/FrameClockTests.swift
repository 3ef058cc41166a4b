import Terminal
import Testing

@Suite("At most sixty frames a second, and none late that answers a key")
struct FrameClockTests {
  private let start = ContinuousClock.now

  @Test("the first frame is due at once, and none while nothing changes")
  func first() {
    var clock = FrameClock()
    #expect(clock.delay(at: start) == .zero)
    clock.draw(at: start)
    #expect(clock.delay(at: start + .seconds(5)) == nil)
  }

  @Test("what answers nobody waits until a sixtieth of a second has passed")
  func limited() {
    var clock = FrameClock()
    clock.draw(at: start)
    clock.change(isAnswer: false)
    #expect(clock.delay(at: start + .milliseconds(10)) == FrameClock.interval - .milliseconds(10))
    clock.change(isAnswer: false)
    #expect(clock.delay(at: start + .milliseconds(10)) == FrameClock.interval - .milliseconds(10))
    #expect(clock.delay(at: start + .milliseconds(20)) == .zero)
  }

  @Test("an answer is due at once, also where something else waited")
  func answer() {
    var clock = FrameClock()
    clock.draw(at: start)
    clock.change(isAnswer: false)
    clock.change(isAnswer: true)
    #expect(clock.delay(at: start) == .zero)
    clock.draw(at: start)
    clock.change(isAnswer: false)
    #expect(clock.delay(at: start) == FrameClock.interval)
  }

  @Test("a run that tells something every millisecond is drawn sixty times in a second")
  func busy() {
    var clock = FrameClock()
    var frames = 0
    for millisecond in 0..<1000 {
      let now = start + .milliseconds(millisecond)
      clock.change(isAnswer: false)
      guard clock.delay(at: now) == .zero else { continue }
      clock.draw(at: now)
      frames += 1
    }
    #expect(frames <= 60)
    #expect(frames >= 55)
  }
}
