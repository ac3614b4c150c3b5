# SPDX-License-Identifier: GPL-3.0-or-later
"""one.py FILE COMMAND... - runs a command and writes its exit code, CPU and wall seconds and peak memory in kB to a file number.

A process begins with the peak of the one it was forked from, and a bench grows with the answers it keeps: so each command is
forked from a small program.
"""
import os
import sys
import time

start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
text = f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime:.6f} {wall:.6f} {usage.ru_maxrss}\n"
os.write(int(sys.argv[1]), text.encode())
