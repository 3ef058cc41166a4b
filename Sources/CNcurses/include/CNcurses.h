/// The part of ncurses that the Terminal module uses, as plain functions, and the signal handlers.
///
/// ncurses' macros, globals and structures do not import into Swift, so <curses.h> is seen in
/// Screen.c only. All functions belong to one thread, except dt_wake.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Screen

/// What dt_open found out.
typedef enum {
  DT_OPENED = 0,
  /// The terminal type is not in the terminfo database.
  DT_UNKNOWN_TYPE,
  /// The terminal cannot address the cursor, as the type "dumb".
  DT_NO_ADDRESSING,
  /// A system call failed; errno tells.
  DT_SYSTEM_ERROR,
} dt_open_result;

/// Sets the locale's characters, starts ncurses on two descriptors that stay the caller's, and takes the
/// signals over. `type` is the terminal's type, TERM when NULL.
dt_open_result dt_open(int input, int output, const char *type);
/// Gives the terminal and the signals back. Harmless when nothing is open.
void dt_close(void);
/// Leaves the screen for a while, as for another program or a stop.
void dt_leave(void);
/// Comes back after dt_leave, or after somebody else changed the terminal's modes.
void dt_enter(void);
/// Stops the process group, as Ctrl-Z does, between dt_leave and dt_enter; returns when continued.
void dt_stop(void);

/// Whether the locale's characters are UTF-8.
bool dt_is_utf8(void);
/// The number of colors, 0 without any.
int dt_colors(void);
/// The screen's size as ncurses knows it.
void dt_size(int *columns, int *rows);
/// Asks the system for the size and tells ncurses.
void dt_resize(void);

/// The pair of two palette numbers (-1: default) under a number from 1; false when there is no room.
bool dt_set_pair(int pair, int foreground, int background);

/// The attributes of a cell, to be combined.
typedef enum {
  DT_BOLD = 1,
  DT_DIM = 2,
  DT_UNDERLINE = 4,
  DT_REVERSE = 8,
  DT_ITALIC = 16,
} dt_attribute;

/// Puts a character of `width` columns with its combining marks; `scalars` ends with 0. What the
/// locale cannot show, or shows in another width, becomes question marks.
void dt_put(
  int column, int row, const uint32_t *scalars, int width, unsigned attributes, int pair);
/// Blanks the screen and has everything sent again at the next dt_refresh.
void dt_clear(void);
/// Sends what changed, then places the cursor, or hides it when the column is negative.
void dt_refresh(int cursor_column, int cursor_row);
/// Rings the bell.
void dt_beep(void);
/// Whether the terminal has a window title that xterm's sequences set, as its description says.
bool dt_has_title(void);
/// Sends bytes to the terminal as they are.
void dt_write(const char *bytes, size_t count);
/// Turns the reporting of the mouse on or off.
void dt_set_mouse(bool enabled);

// MARK: Input

/// The kinds of input. Keys from DT_UP on carry nothing else, but DT_FUNCTION its number.
typedef enum {
  /// Nothing is waiting.
  DT_NONE = 0,
  /// `value` is a Unicode scalar, a control character included.
  DT_CHARACTER,
  /// `value` is the number of the function key.
  DT_FUNCTION,
  DT_UP,
  DT_DOWN,
  DT_LEFT,
  DT_RIGHT,
  DT_HOME,
  DT_END,
  DT_PAGE_UP,
  DT_PAGE_DOWN,
  DT_INSERT,
  DT_DELETE,
  DT_BACKSPACE,
  DT_ENTER,
  DT_BACK_TAB,
  DT_PASTE_BEGIN,
  DT_PASTE_END,
  DT_MOUSE_PRESS,
  DT_MOUSE_RELEASE,
  /// A press and a release that arrived together; a double click is two of each.
  DT_MOUSE_CLICK,
  DT_MOUSE_DOUBLE_CLICK,
  DT_WHEEL_UP,
  DT_WHEEL_DOWN,
  /// Something was read that means nothing here.
  DT_IGNORED,
} dt_input_kind;

typedef struct {
  dt_input_kind kind;
  uint32_t value;
  int column;
  int row;
} dt_input;

/// Reads the next input without waiting.
dt_input dt_read(void);

// MARK: Waiting and signals

/// What dt_wait saw; several may be set.
typedef struct {
  bool has_input;
  bool woken;
  bool resized;
  /// The process was continued after somebody else's stop.
  bool continued;
  /// Somebody asked the process to stop (SIGTSTP).
  bool stop;
  /// The last of SIGINT, SIGTERM, SIGHUP that came, SIGHUP when the terminal is gone, 0 without.
  int terminate;
} dt_report;

/// Blocks until input, a signal or a wake, at most so many milliseconds (-1: for ever).
dt_report dt_wait(int milliseconds);
/// Makes the dt_wait under way, or the next one, return. From any thread, at any time.
void dt_wake(void);
/// Forgets the interrupts that were meant for a program that had the terminal.
void dt_forget_interrupts(void);

#endif
