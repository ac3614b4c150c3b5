#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""embed.py STYLE.css OUT.c - the style sheet of the HTML report as C, with the hash its content policy names.

Comments and indentation are taken off, so that the page carries no more than it needs.
"""
import base64
import hashlib
import re
import sys


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        css = file.read()
    css = re.sub(r'/\*.*?\*/', '', css, flags=re.DOTALL)
    css = '\n'.join(line.strip() for line in css.splitlines() if line.strip())
    if '</' in css:
        sys.exit('embed.py: the style sheet holds "</", which would end its element')
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    # Not a string: compilers need not take long ones.
    array = ["'\\x%02x'" % byte for byte in css.encode()] + ['0']
    lines = [', '.join(array[i:i + 12]) for i in range(0, len(array), 12)]
    with open(sys.argv[2], 'w', encoding='utf-8') as file:
        file.write('/* Made by embed.py. */\n#include "reports/html/html.h"\n\n'
                   'const char kith_html_css[] = {\n    %s};\nconst char kith_html_css_sha256[] = "%s";\n'
                   % (',\n    '.join(lines), digest))


main()
