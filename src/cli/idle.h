/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idle.h - threads that have nothing to do sleep. */
#ifndef KITH_CLI_IDLE_H
#define KITH_CLI_IDLE_H

/** Puts the environment back as it was; first of all in main(). */
void idle_restore(void);

#endif
