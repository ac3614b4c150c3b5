/* SPDX-License-Identifier: GPL-3.0-or-later */
/* borrow.c - clone(2) that shares memory, waits, and ends as its child ended. */
#include "batch/borrow.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

#define STACK ((size_t)8 << 20)
#define GUARD ((size_t)64 << 10) /* a stack that is full ends here, not in somebody's data */

struct call {
    int (*work)(void *);
    void *payload;
    _Atomic pid_t *group;
    pid_t lender;
    const kith_borrow *memory;
    void *aside; /* the sanitizer's own of the lender's stack */
    const void *bottom;
    size_t size;
};

/* The sanitizer, which sees one thread, is told on which stack it goes on. */
static void
leave_lender(struct call *c)
{
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_start_switch_fiber(&c->aside, c->memory->stack, c->memory->size);
#else
    (void)c;
#endif
}

static void
enter_borrower(struct call *c)
{
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_finish_switch_fiber(NULL, &c->bottom, &c->size);
#else
    (void)c;
#endif
}

/* However the borrower ended. */
static void
come_back(const struct call *c)
{
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_start_switch_fiber(NULL, c->bottom, c->size);
    __sanitizer_finish_switch_fiber(c->aside, NULL, NULL);
#else
    (void)c;
#endif
}

bool
kith_borrow_init(kith_borrow *b)
{
    void *stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

    if (stack == MAP_FAILED)
        return false;
    *b = (kith_borrow){stack, STACK};
    return mprotect(stack, GUARD, PROT_NONE) == 0;
}

void
kith_borrow_clear(kith_borrow *b)
{
    if (b->stack)
        munmap(b->stack, b->size);
    *b = (kith_borrow){0};
}

static int
begin(void *opaque)
{
    struct call *c = opaque;

    enter_borrower(c);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != c->lender)
        _exit(1);
    atomic_store(c->group, getpid());
    _exit(c->work(c->payload));
}

/* Whoever watches sees how the borrower died. */
static void
die_of(int number)
{
    sigset_t all;

    sigemptyset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(number, SIG_DFL);
    kill(getpid(), number);
    _exit(128 + number);
}

int
kith_borrow_run(const kith_borrow *b, int (*work)(void *), void *payload, _Atomic pid_t *group)
{
    struct call call = {work, payload, group, getpid(), b, NULL, NULL, 0};
    int status = 0;
    pid_t child;

    leave_lender(&call);
    child = clone(begin, (char *)b->stack + b->size, CLONE_VM | CLONE_VFORK | SIGCHLD, &call);
    if (child < 0)
        enter_borrower(&call);
    come_back(&call);
    if (child < 0)
        return -1;
    kill(-child,
         SIGKILL); /* whatever it may have started; not reaped yet, its number is still its own */
    atomic_store(group, 0);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(status))
        die_of(WTERMSIG(status));
    return WEXITSTATUS(status);
}
