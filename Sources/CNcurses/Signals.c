#include "Signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CNcurses.h"

// The pipe lives as long as the process: a thread may wake a loop that has just ended.
static int pipe_ends[2] = {-1, -1};
static atomic_bool wake_is_pending;

// What a crash handler reads. Written before `active` is set, by the terminal's thread.
static int crash_output = -1;
static struct termios crash_modes;
static char crash_sequence[512];
static size_t crash_sequence_count;
static atomic_bool active;
// Somebody has asked for the end, and the loop has been told.
static atomic_bool ending;

static const int loop_signals[] = {
  SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT, SIGTSTP, SIGPIPE};
// Faults, and whatever else ends a process that has no handler for it.
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT,
  SIGSYS, SIGXCPU, SIGXFSZ, SIGALRM, SIGUSR1, SIGUSR2};
#define LOOP_COUNT (sizeof loop_signals / sizeof *loop_signals)
#define CRASH_COUNT (sizeof crash_signals / sizeof *crash_signals)
static struct sigaction previous_loop[LOOP_COUNT];
static struct sigaction previous_crash[CRASH_COUNT];
static bool installed;

static void restore_terminal(void);

static void send_byte(unsigned char byte) {
  int error = errno;
  // A full pipe already makes the loop look; the byte lost is one of thousands alike.
  while (write(pipe_ends[1], &byte, 1) < 0 && errno == EINTR) {}
  errno = error;
}

// SIGPIPE does nothing here: the write that failed tells. It is not ignored, because a program
// started from here would inherit that.
static void on_loop_signal(int number) {
  if (number == SIGPIPE) return;
  // Ctrl-Z while another program has the terminal stops that one, and so this process that waits for it:
  // else the shell would not take the terminal back.
  if (number == SIGTSTP && !atomic_load(&active)) {
    raise(SIGSTOP);
    return;
  }
  // An interrupt while another program has the terminal is that program's.
  bool ends = number == SIGTERM || (number == SIGINT && atomic_load(&active));
  if (!ends || !atomic_exchange(&ending, true)) return send_byte((unsigned char)number);
  // The second one does not wait for a loop that may be stuck.
  restore_terminal();
  signal(number, SIG_DFL);
  raise(number);
}

// Only async-signal-safe calls. Also what `exit` runs, from whatever thread.
static void restore_terminal(void) {
  if (!atomic_exchange(&active, false)) return;
  size_t sent = 0;
  while (sent < crash_sequence_count) {
    ssize_t count = write(crash_output, crash_sequence + sent, crash_sequence_count - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    sent += (size_t)count;
  }
  // SIGTTOU would stop a background process for good here.
  sigset_t ttou, before;
  sigemptyset(&ttou);
  sigaddset(&ttou, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &ttou, &before);
  tcsetattr(crash_output, TCSANOW, &crash_modes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  restore_terminal();
  for (size_t i = 0; i < CRASH_COUNT; i++) {
    if (crash_signals[i] == number) sigaction(number, &previous_crash[i], NULL);
  }
  // A fault repeats itself when the handler returns, now under the previous action. What was sent
  // (kill, abort) or is past its instruction (a trap) does not.
  bool repeats = info->si_code > 0 && number != SIGTRAP && number != SIGABRT;
  if (!repeats) raise(number);
}

static bool make_pipe(void) {
  if (pipe_ends[0] >= 0) return true;
  int ends[2];
  if (pipe(ends) != 0) return false;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  pipe_ends[1] = ends[1];
  pipe_ends[0] = ends[0];
  atexit(restore_terminal);
  return true;
}

// An overflowing stack leaves no room for a handler on it. Other threads use their own stacks.
static void provide_alternate_stack(void) {
  static char memory[64 * 1024];
  stack_t current;
  if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
  stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory, .ss_flags = 0};
  sigaltstack(&stack, NULL);
}

/// Sets an action, except for a signal that the process was started to ignore, as by nohup.
/// A parent may have left the signal blocked, which would make the console deaf to it.
static void take_over(int number, const struct sigaction *action, struct sigaction *previous) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  sigaction(number, action, previous);
  if (previous->sa_handler == SIG_IGN) sigaction(number, previous, NULL);
}

bool dt_signals_install(int output, const struct termios *modes) {
  if (!make_pipe()) return false;
  crash_output = output;
  crash_modes = *modes;
  atomic_store(&ending, false);
  if (installed) return true;
  provide_alternate_stack();

  struct sigaction loop_action;
  memset(&loop_action, 0, sizeof loop_action);
  loop_action.sa_handler = on_loop_signal;
  loop_action.sa_flags = SA_RESTART;
  sigemptyset(&loop_action.sa_mask);
  for (size_t i = 0; i < LOOP_COUNT; i++) {
    take_over(loop_signals[i], &loop_action, &previous_loop[i]);
  }

  struct sigaction crash_action;
  memset(&crash_action, 0, sizeof crash_action);
  crash_action.sa_sigaction = on_crash;
  crash_action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&crash_action.sa_mask);
  for (size_t i = 0; i < CRASH_COUNT; i++) {
    take_over(crash_signals[i], &crash_action, &previous_crash[i]);
  }
  installed = true;
  return true;
}

void dt_signals_set_sequence(const char *bytes, size_t count) {
  if (count > sizeof crash_sequence) count = sizeof crash_sequence;
  memcpy(crash_sequence, bytes, count);
  crash_sequence_count = count;
}

void dt_signals_set_active(bool is_active) { atomic_store(&active, is_active); }

void dt_signals_remove(void) {
  atomic_store(&active, false);
  if (!installed) return;
  installed = false;
  for (size_t i = 0; i < LOOP_COUNT; i++) sigaction(loop_signals[i], &previous_loop[i], NULL);
  for (size_t i = 0; i < CRASH_COUNT; i++) sigaction(crash_signals[i], &previous_crash[i], NULL);
}

int dt_signals_descriptor(void) { return pipe_ends[0]; }

void dt_stop(void) {
  struct sigaction stop, ours;
  // A shell without job control has it ignored: nobody could continue the process.
  if (sigaction(SIGTSTP, NULL, &ours) != 0 || ours.sa_handler == SIG_IGN) return;
  memset(&stop, 0, sizeof stop);
  stop.sa_handler = SIG_DFL;
  sigemptyset(&stop.sa_mask);
  sigaction(SIGTSTP, &stop, NULL);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

void dt_wake(void) {
  if (pipe_ends[1] < 0) return;
  if (!atomic_exchange(&wake_is_pending, true)) send_byte(0);
}

/// Takes a byte out of the pipe; false when it is empty.
static bool receive_byte(unsigned char *byte) {
  ssize_t count;
  do {
    count = read(pipe_ends[0], byte, 1);
  } while (count < 0 && errno == EINTR);
  return count == 1;
}

// The wake flag falls before the caller looks at its mailbox, so no wake is lost.
void dt_signals_drain(dt_report *report) {
  unsigned char byte;
  while (receive_byte(&byte)) {
    switch (byte) {
      case 0:
        atomic_store(&wake_is_pending, false);
        report->woken = true;
        break;
      case SIGWINCH: report->resized = true; break;
      case SIGCONT: report->continued = true; break;
      case SIGTSTP: report->stop = true; break;
      default: report->terminate = byte; break;
    }
  }
}

void dt_forget_interrupts(void) {
  dt_report report = {0};
  dt_signals_drain(&report);
  // The size is asked for anyway when the screen comes back; the others must not be lost.
  if (report.woken) dt_wake();
  if (report.terminate != 0 && report.terminate != SIGINT) {
    send_byte((unsigned char)report.terminate);
  }
}
