#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dist.py - puts the built scripts into a release tarball, so that installing kith needs no Node."""
import os
import shutil
import sys


def main():
    built = os.path.join(os.environ['MESON_BUILD_ROOT'], 'reports')
    target = os.path.join(os.environ['MESON_DIST_ROOT'], 'reports', 'html', 'bundle')
    os.makedirs(target, exist_ok=True)
    for name in ('page.js', 'map.js'):
        if not os.path.exists(os.path.join(built, name)):
            sys.exit('dist.py: %s is not built; run ./run build first, with Node and npm at hand' % name)
        shutil.copy(os.path.join(built, name), target)


main()
