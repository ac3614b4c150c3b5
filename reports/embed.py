#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""embed.py OUT.c STYLE.css [PAGE.js MAP.js] - what the HTML report carries, as C, with the hashes its content policy names.

Comments and needless blanks are taken off the style sheet, so that the page carries no more than it needs. The map's script
is packed (gzip, base64), since it is most of a small page; the page's own script unpacks it into an element that the
policy lets run by the hash of its text. Without scripts their texts are empty and the page works without.
"""
import base64
import gzip
import hashlib
import re
import sys


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def squeeze(css):
    css = re.sub(r'/\*.*?\*/', '', css, flags=re.DOTALL)
    css = ' '.join(css.split())
    css = re.sub(r' ?([{};]) ?', r'\1', css).replace(';}', '}')
    return re.sub(r'([:,]) ', r'\1', css)


def as_c(name, text, packed=False):
    if re.search(r'</(script|style)', text, re.IGNORECASE):
        sys.exit('embed.py: %s holds the end of its own element' % name)
    if '\r' in text:
        sys.exit('embed.py: %s holds a CR, which readers would drop and so miss its hash' % name)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    carried = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)) if packed and text else text.encode()
    # Not a string: compilers need not take long ones.
    array = ["'\\x%02x'" % byte for byte in carried] + ['0']
    lines = [', '.join(array[i:i + 12]) for i in range(0, len(array), 12)]
    return ('\nconst char kith_html_%s[] = {\n    %s};\nconst char kith_html_%s_sha256[] = "%s";\n'
            % (name, ',\n    '.join(lines), name, digest))


def main():
    out, css, scripts = sys.argv[1], sys.argv[2], sys.argv[3:]
    page, map_script = [read(path) for path in scripts] if scripts else ['', '']
    with open(out, 'w', encoding='utf-8') as file:
        file.write('/* Made by embed.py. */\n#include "reports/html/html.h"\n')
        file.write(as_c('css', squeeze(read(css))))
        file.write(as_c('page', page))
        file.write(as_c('map_script', map_script, packed=True))


main()
