#define _GNU_SOURCE
#include "CPOSIX.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

// Standard streams

static void ignore(int number) { (void)number; }

static void handle(int number, void (*handler)(int)) {
  struct sigaction action, previous;
  // Who started the process with the signal ignored, as nohup does, wants it ignored.
  if (sigaction(number, NULL, &previous) != 0 || previous.sa_handler == SIG_IGN) return;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
  // A parent may have left it blocked.
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
}

int system_prepare_streams(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    // Opened for the other direction, it fails when it is used, as a closed one does.
    int direction = descriptor == 0 ? O_WRONLY : O_RDONLY;
    int opened = open("/dev/null", direction);
    if (opened < 0) opened = open("/", O_RDONLY);
    if (opened < 0) return errno;
  }
  // Not SIG_IGN, which a program that is started from here would inherit.
  handle(SIGPIPE, ignore);
  return 0;
}

int system_write(int descriptor, const void *bytes, size_t count) {
  const char *rest = bytes;
  while (count > 0) {
    ssize_t written = write(descriptor, rest, count);
    if (written > 0) {
      rest += written;
      count -= (size_t)written;
    } else if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      struct pollfd source = {.fd = descriptor, .events = POLLOUT};
      poll(&source, 1, -1);
    } else if (written == 0 || errno != EINTR) {
      return written == 0 ? EIO : errno;
    }
  }
  return 0;
}

// Core dumps

int system_forbid_core_dumps(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return errno;
  limit.rlim_cur = 0;
  return setrlimit(RLIMIT_CORE, &limit) == 0 ? 0 : errno;
}

// Interruption

static int interruptions[2];
static _Atomic int64_t first_interruption;
static system_reaction reaction;

static int64_t monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// Only async-signal-safe calls.
static void interrupt(int number) {
  int error = errno;
  int64_t now = monotonic(), first = 0;
  if (atomic_compare_exchange_strong(&first_interruption, &first, now)) {
    unsigned char byte = (unsigned char)number;
    while (write(interruptions[1], &byte, 1) < 0 && errno == EINTR) {}
  } else if (number != SIGHUP && now - first > SystemInterruptionGrace) {
    _exit(128 + SIGINT);
  }
  errno = error;
}

static void *await_interruption(void *unused) {
  (void)unused;
  unsigned char byte;
  ssize_t count;
  while ((count = read(interruptions[0], &byte, 1)) < 0 && errno == EINTR) {}
  if (count == 1) reaction(byte);
  return NULL;
}

int system_watch_interruptions(system_reaction react) {
  reaction = react;
  if (pipe(interruptions) != 0) return errno;
  for (int i = 0; i < 2; i++) fcntl(interruptions[i], F_SETFD, FD_CLOEXEC);
  pthread_t thread;
  int code = pthread_create(&thread, NULL, await_interruption, NULL);
  if (code != 0) return code;
  pthread_detach(thread);
  handle(SIGINT, interrupt);
  handle(SIGTERM, interrupt);
  handle(SIGHUP, interrupt);
  return 0;
}

// Programs

int system_memory_file(const void *bytes, size_t count, int *descriptor) {
#ifdef __linux__
  int file = memfd_create("dovetail", MFD_CLOEXEC);
#else
  char path[] = "/tmp/dovetail.XXXXXX";
  int file = mkstemp(path);
  if (file >= 0) {
    unlink(path);
    fcntl(file, F_SETFD, FD_CLOEXEC);
  }
#endif
  if (file < 0) return errno;
  int code = system_write(file, bytes, count);
  if (code == 0 && lseek(file, 0, SEEK_SET) != 0) code = errno;
  if (code != 0) close(file);
  else *descriptor = file;
  return code;
}

// A negative output leaves both as they are, and the program in the caller's session.
static int prepare(
  posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, const char *folder, int input,
  int output) {
  int code = posix_spawn_file_actions_addchdir_np(actions, folder);
  if (code == 0) code = posix_spawn_file_actions_adddup2(actions, input, 0);
  short flags = POSIX_SPAWN_SETSIGMASK;
  if (output >= 0) {
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, output, 1);
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, output, 2);
    flags |= POSIX_SPAWN_SETSID;
  }
#ifdef __APPLE__
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#elif defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
  sigset_t none;
  sigemptyset(&none);
  if (code == 0) code = posix_spawnattr_setsigmask(attributes, &none);
  if (code == 0) code = posix_spawnattr_setflags(attributes, flags);
  return code;
}

int system_start(
  const char *const arguments[], const char *const environment[], const char *folder, int input,
  int output, int *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code == 0) {
    code = prepare(&actions, &attributes, folder, input, output);
    pid_t started = 0;
    if (code == 0) {
      code = posix_spawn(
        &started, arguments[0], &actions, &attributes, (char *const *)arguments,
        (char *const *)environment);
    }
    *process = started;
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int system_start_beside(
  const char *const arguments[], const char *const environment[], const char *folder, int input,
  int *process) {
  return system_start(arguments, environment, folder, input, -1, process);
}

int system_await(int process, int *status, int *signal) {
  int word = 0;
  while (waitpid(process, &word, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  *signal = WIFSIGNALED(word) ? WTERMSIG(word) : 0;
  *status = WIFEXITED(word) ? WEXITSTATUS(word) : 0;
  return 0;
}

void system_signal_session(int process, int signal) {
  kill(-process, signal);
  // One that is stopped would never see it.
  kill(-process, SIGCONT);
}
