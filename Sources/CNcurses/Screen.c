// NCURSES_WIDECHAR and _XOPEN_SOURCE_EXTENDED make the wide functions visible; SwiftPM would reject
// the same flags from ncursesw's .pc file.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#ifdef __linux__
#define _GNU_SOURCE 1
#else
#define _DARWIN_C_SOURCE 1
#endif

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "CNcurses.h"
#include "Signals.h"

static SCREEN *screen;
static FILE *input_file, *output_file;
static bool mouse_is_on;

// Beyond the codes that ncurses gives to keys of its own and of the terminfo entry.
enum { PASTE_BEGIN_CODE = 0x700, PASTE_END_CODE = 0x701 };

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";
static const char mouse_off[] = "\033[?1006l\033[?1003l\033[?1002l\033[?1000l";

// MARK: Start and end

/// Appends a terminfo string without its padding marks, such as $<5>.
static size_t append(char *buffer, size_t count, size_t limit, const char *text) {
  if (text == NULL || text == (const char *)-1) return count;
  while (*text != 0 && count < limit) {
    const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
    if (end != NULL) {
      text = end + 1;
    } else {
      buffer[count++] = *text++;
    }
  }
  return count;
}

// macOS declares the name of a capability as a mutable string.
static const char *capability(const char *name) { return tigetstr((char *)name); }

static void prepare_crash_sequence(void) {
  char buffer[512];
  size_t count = append(buffer, 0, sizeof buffer, paste_off);
  count = append(buffer, count, sizeof buffer, mouse_off);
  count = append(buffer, count, sizeof buffer, capability("sgr0"));
  count = append(buffer, count, sizeof buffer, capability("rmkx"));
  count = append(buffer, count, sizeof buffer, capability("cnorm"));
  count = append(buffer, count, sizeof buffer, capability("rmcup"));
  dt_signals_set_sequence(buffer, count);
}

static FILE *open_copy(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (file == NULL) close(copy);
  return file;
}

static void close_files(void) {
  if (input_file != NULL) fclose(input_file);
  if (output_file != NULL) fclose(output_file);
  input_file = output_file = NULL;
}

static void set_modes(void) {
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  idlok(stdscr, FALSE);
}

static void turn_extras_on(void) {
  dt_write(paste_on, sizeof paste_on - 1);
  if (mouse_is_on) dt_set_mouse(true);
}

static void turn_extras_off(void) {
  bool was_on = mouse_is_on;
  dt_set_mouse(false);
  mouse_is_on = was_on;
  dt_write(paste_off, sizeof paste_off - 1);
}

static void close_screen(void) {
  // Before the screen goes: a crash in between has nothing left to restore.
  dt_signals_remove();
  delscreen(screen);
  screen = NULL;
  mouse_is_on = false;
  close_files();
}

dt_open_result dt_open(int input, int output, const char *type) {
  // Characters only: a decimal comma would reach every number that other libraries print or parse.
  setlocale(LC_CTYPE, "");
  struct termios modes;
  if (tcgetattr(output, &modes) != 0) return DT_SYSTEM_ERROR;
  input_file = open_copy(input, "r");
  output_file = open_copy(output, "w");
  // Before newterm, which leaves signals alone that have a handler already.
  if (input_file == NULL || output_file == NULL
      || !dt_signals_install(fileno(output_file), &modes)) {
    int error = errno;
    close_files();
    errno = error;
    return DT_SYSTEM_ERROR;
  }
  screen = newterm(type, output_file, input_file);
  if (screen == NULL) {
    dt_signals_remove();
    close_files();
    return DT_UNKNOWN_TYPE;
  }
  if (capability("cup") == NULL || capability("cup") == (const char *)-1) {
    // endwin would send what such a terminal shows as garbage.
    reset_shell_mode();
    close_screen();
    return DT_NO_ADDRESSING;
  }
  prepare_crash_sequence();
  dt_signals_set_active(true);

  set_escdelay(25);
  set_modes();
  // The system's word on the size counts more than LINES and COLUMNS.
  dt_resize();
  define_key("\033[200~", PASTE_BEGIN_CODE);
  define_key("\033[201~", PASTE_END_CODE);
  // Zero: presses and releases as they come, no waiting for clicks.
  mouseinterval(0);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  erase();
  wnoutrefresh(stdscr);
  doupdate();
  def_prog_mode();
  turn_extras_on();
  return DT_OPENED;
}

void dt_close(void) {
  if (screen == NULL) return;
  turn_extras_off();
  if (!isendwin()) endwin();
  close_screen();
}

void dt_leave(void) {
  turn_extras_off();
  // The modes to come back to were saved by dt_open; the present ones may be a shell's.
  endwin();
  dt_signals_set_active(false);
}

void dt_enter(void) {
  dt_signals_set_active(true);
  reset_prog_mode();
  // The modes may be somebody else's even where ncurses believes them its own.
  set_modes();
  dt_resize();
  clearok(curscr, TRUE);
  wnoutrefresh(stdscr);
  doupdate();
  turn_extras_on();
}

// MARK: Facts

bool dt_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int dt_colors(void) { return has_colors() ? COLORS : 0; }

void dt_size(int *columns, int *rows) { getmaxyx(stdscr, *rows, *columns); }

void dt_resize(void) {
  struct winsize size;
  if (ioctl(fileno(output_file), TIOCGWINSZ, &size) != 0) return;
  if (size.ws_row == 0 || size.ws_col == 0) return;
  resizeterm(size.ws_row, size.ws_col);
}

// MARK: Output

bool dt_set_pair(int pair, int foreground, int background) {
  if (pair >= COLOR_PAIRS) return false;
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
  return init_extended_pair(pair, foreground, background) == OK;
#else
  return init_pair((short)pair, (short)foreground, (short)background) == OK;
#endif
}

static attr_t curses_attributes(unsigned attributes) {
  attr_t result = WA_NORMAL;
  if (attributes & DT_BOLD) result |= WA_BOLD;
  if (attributes & DT_DIM) result |= WA_DIM;
  if (attributes & DT_UNDERLINE) result |= WA_UNDERLINE;
  if (attributes & DT_REVERSE) result |= WA_REVERSE;
#ifdef WA_ITALIC
  if (attributes & DT_ITALIC) result |= WA_ITALIC;
#endif
  return result;
}

static void put_wide(int column, int row, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
  if (setcchar(&cell, text, attributes, 0, &pair) != OK) return;
#else
  if (setcchar(&cell, text, attributes, (short)pair, NULL) != OK) return;
#endif
  mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

void dt_put(
  int column, int row, const uint32_t *scalars, int width, unsigned attributes, int pair) {
  attr_t curses = curses_attributes(attributes);
  if (wcwidth((wchar_t)scalars[0]) != width) {
    for (int i = 0; i < width; i++) put_wide(column + i, row, L"?", curses, pair);
    return;
  }
  wchar_t text[CCHARW_MAX + 1];
  int count = 0;
  text[count++] = (wchar_t)scalars[0];
  for (int i = 1; scalars[i] != 0 && count < CCHARW_MAX; i++) {
    // setcchar refuses the whole cell for one mark that the locale does not know.
    if (wcwidth((wchar_t)scalars[i]) == 0) text[count++] = (wchar_t)scalars[i];
  }
  text[count] = 0;
  put_wide(column, row, text, curses, pair);
}

void dt_clear(void) {
  erase();
  clearok(curscr, TRUE);
}

void dt_refresh(int cursor_column, int cursor_row) {
  bool is_visible = cursor_column >= 0;
  if (is_visible) wmove(stdscr, cursor_row, cursor_column);
  curs_set(is_visible ? 1 : 0);
  wnoutrefresh(stdscr);
  doupdate();
}

void dt_beep(void) {
  beep();
  fflush(output_file);
}

bool dt_has_title(void) { return tigetflag("XT") > 0; }

void dt_write(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fileno(output_file), bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

void dt_set_mouse(bool enabled) {
  // ncurses makes clicks of presses and releases that arrive together, asked to or not, and drops
  // those nobody asked for.
  mmask_t events = BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED
    | BUTTON1_TRIPLE_CLICKED | BUTTON4_PRESSED;
#ifdef BUTTON5_PRESSED
  events |= BUTTON5_PRESSED;
#endif
  mousemask(enabled ? events : 0, NULL);
  mouse_is_on = enabled;
}

// MARK: Input

static dt_input mouse_input(void) {
  dt_input input = {.kind = DT_IGNORED};
  MEVENT event;
  if (getmouse(&event) != OK) return input;
  input.column = event.x;
  input.row = event.y;
  if (event.bstate & (BUTTON1_DOUBLE_CLICKED | BUTTON1_TRIPLE_CLICKED)) {
    input.kind = DT_MOUSE_DOUBLE_CLICK;
  } else if (event.bstate & BUTTON1_CLICKED) input.kind = DT_MOUSE_CLICK;
  else if (event.bstate & BUTTON1_PRESSED) input.kind = DT_MOUSE_PRESS;
  else if (event.bstate & BUTTON1_RELEASED) input.kind = DT_MOUSE_RELEASE;
  else if (event.bstate & BUTTON4_PRESSED) input.kind = DT_WHEEL_UP;
#ifdef BUTTON5_PRESSED
  else if (event.bstate & BUTTON5_PRESSED) input.kind = DT_WHEEL_DOWN;
#endif
  return input;
}

static dt_input_kind key_kind(wint_t code) {
  switch (code) {
    case KEY_UP: return DT_UP;
    case KEY_DOWN: return DT_DOWN;
    case KEY_LEFT: return DT_LEFT;
    case KEY_RIGHT: return DT_RIGHT;
    case KEY_HOME: case KEY_FIND: return DT_HOME;
    case KEY_END: case KEY_SELECT: case KEY_LL: return DT_END;
    case KEY_PPAGE: return DT_PAGE_UP;
    case KEY_NPAGE: return DT_PAGE_DOWN;
    case KEY_IC: return DT_INSERT;
    case KEY_DC: return DT_DELETE;
    case KEY_BACKSPACE: return DT_BACKSPACE;
    case KEY_ENTER: return DT_ENTER;
    case KEY_BTAB: return DT_BACK_TAB;
    case PASTE_BEGIN_CODE: return DT_PASTE_BEGIN;
    case PASTE_END_CODE: return DT_PASTE_END;
    default: return DT_IGNORED;
  }
}

dt_input dt_read(void) {
  wint_t code = 0;
  dt_input input = {.kind = DT_NONE};
  int result = wget_wch(stdscr, &code);
  if (result == ERR) return input;
  if (result != KEY_CODE_YES) {
    input.kind = DT_CHARACTER;
    input.value = (uint32_t)code;
  } else if (code == KEY_MOUSE) {
    input = mouse_input();
  } else if (code >= KEY_F(1) && code <= KEY_F(63)) {
    input.kind = DT_FUNCTION;
    input.value = (uint32_t)(code - KEY_F0);
  } else {
    input.kind = key_kind(code);
  }
  return input;
}

dt_report dt_wait(int milliseconds) {
  dt_report report = {0};
  struct pollfd sources[2] = {
    {.fd = fileno(input_file), .events = POLLIN},
    {.fd = dt_signals_descriptor(), .events = POLLIN},
  };
  // An interrupting signal has left its byte in the pipe.
  if (poll(sources, 2, milliseconds) < 0) sources[0].revents = 0;
  report.has_input = (sources[0].revents & POLLIN) != 0;
  dt_signals_drain(&report);
  if (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) report.terminate = SIGHUP;
  return report;
}
