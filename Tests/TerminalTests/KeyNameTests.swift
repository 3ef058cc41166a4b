import Cells
import Testing

@Suite("The names of keys")
struct KeyNameTests {
  @Test(
    "a key's name reads back as the key",
    arguments: [
      (Key.character("j"), "j"), (.character("G"), "G"), (.character(" "), "Space"),
      (.character("-"), "-"), (.control("c"), "Ctrl-C"), (.control(" "), "Ctrl-Space"),
      (.alt("x"), "Alt-x"), (.alt("X"), "Alt-X"), (.function(5), "F5"), (.enter, "Enter"),
      (.escape, "Esc"), (.tab, "Tab"), (.backTab, "Shift-Tab"), (.backspace, "Backspace"),
      (.delete, "Delete"), (.insert, "Insert"), (.up, "Up"), (.down, "Down"), (.left, "Left"),
      (.right, "Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PageUp"),
      (.pageDown, "PageDown"),
    ])
  func namesReadBack(key: Key, name: String) {
    #expect(key.name == name)
    #expect(Key(name: name) == key)
  }

  @Test("names ignore case, and what is not a key's name is none")
  func readsNames() {
    #expect(Key(name: "ctrl-c") == .control("c"))
    #expect(Key(name: "PAGEUP") == .pageUp)
    #expect(Key(name: "f") == .character("f"))
    #expect(Key(name: "") == nil)
    #expect(Key(name: "f0") == nil)
    #expect(Key(name: "Ctrl-") == nil)
    #expect(Key(name: "Hyper-x") == nil)
  }
}
