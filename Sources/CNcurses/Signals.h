/// Between Screen.c and Signals.c.
#ifndef DT_SIGNALS_H
#define DT_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "CNcurses.h"

/// Takes the signals over; `modes` and `sequence` restore the terminal behind `output` in a crash.
/// False when the pipe cannot be made.
bool dt_signals_install(int output, const struct termios *modes);
/// The bytes that a crash sends to restore the screen.
void dt_signals_set_sequence(const char *bytes, size_t count);
/// Whether a crash has anything to restore at present.
void dt_signals_set_active(bool active);
/// Gives the signals back.
void dt_signals_remove(void);

/// Empties the pipe that signals and wakes write to into a report.
void dt_signals_drain(dt_report *report);

/// The read end of the pipe that signals and wakes write to.
int dt_signals_descriptor(void);

#endif
