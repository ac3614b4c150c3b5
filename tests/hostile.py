#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hostile.py BUILD [CASE…] - files that mean harm, and files that are merely broken.

Each is read with info, imported into a book, and ranked when it is a graph, with 1.5 GB of memory,
20 seconds of the processor and two minutes of the clock. Whatever is in it, kith answers or says on one line what is wrong, never dies,
writes nothing but the book, and leaves the book as it was when it refuses the file.
Then names that mean harm go through every output format.
"""
import bz2
import concurrent.futures
import contextlib
import csv
import html.parser
import io
import json
import lzma
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import xml.parsers.expat
import zipfile
import zlib

MEMORY_KB = 1500 * 1000
SECONDS = 20  # of the processor; the clock also counts what else the machine does
PATIENCE = 6
MB = 1 << 20
CANARY = 'canary-7f3a91'
CONTROL = re.compile(r'[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')
PEOPLE = b'Name,Email\nAda Byron,ada@example.org\nBob Crane,bob@example.org\n'
EDGES = b'1 2\n2 3\n3 1\n'
# In CI every third of them under the sanitizers; the fuzz targets' corpora are all replayed there.
SHARE = int(os.environ.get('KITH_SHARE', 1)) if 'KITH_SANITIZED' in os.environ else 1
faults = []
lock = threading.Lock()


def fault(name, text):
    with lock:
        faults.append(name)
        print('%s: %s' % (name, text), flush=True)


# --- making the files ---------------------------------------------------------------------------

def write(*parts):
    """A maker of a file with these bytes; (bytes, n) stands for n times the bytes, made when they are needed."""
    def make(path):
        with open(path, 'wb') as file:
            for part in parts:
                file.write(part[0] * part[1] if isinstance(part, tuple) else part)
    return make


def deflated(head, block, times):
    """A short head and many copies of one block, as one raw deflate stream: a gigabyte at once."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = squeeze.compress(head) + squeeze.flush(zlib.Z_FULL_FLUSH)
    one = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    return start + one * times + b'\x03\x00', crc, len(head) + times * len(block)


def gzip_bomb(head, line, times):
    def make(path):
        block = line * times
        data, crc, size = deflated(head, block, 1024 * MB // len(block))
        write(b'\x1f\x8b\x08\0\0\0\0\0\0\3', data, struct.pack('<II', crc, size))(path)
    return make


def zip_one(name, data, crc, size):
    """A zip of one deflated member, from bytes that are deflated already."""
    name = name.encode()
    head = struct.pack('<HHHHHIII', 20, 0, 8, 0, 0x21, crc, len(data), size)
    local = b'PK\3\4' + head + struct.pack('<HH', len(name), 0) + name + data
    central = (b'PK\1\2' + struct.pack('<H', 20) + head +
               struct.pack('<HHHHHII', len(name), 0, 0, 0, 0, 0, 0) + name)
    return local + central + b'PK\5\6' + struct.pack('<HHHHIIH', 0, 0, 1, 1, len(central), len(local), 0)


def zip_bomb(path):
    write(zip_one('people.csv', *deflated(PEOPLE, bytes(16 * MB), 64)))(path)


def zip_of(members):
    def make(path):
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
            for name, data in members:
                archive.writestr(name, data)
    return make


def zip_in_zip(path):
    inner = zip_one('people.csv', *deflated(PEOPLE, bytes(16 * MB), 16))
    for i in range(6):
        file = io.BytesIO()
        with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as archive:
            for j in range(4):
                archive.writestr('%d-%d.zip' % (i, j), inner)
        inner = file.getvalue()
    write(inner)(path)


def many_files(path):
    with zipfile.ZipFile(path, 'w') as archive:
        for i in range(65000):
            archive.writestr('%d.csv' % i, b'Name\nA\n')


def tar_of(members):
    def make(path):
        with tarfile.open(path, 'w') as archive:
            for name, data in members:
                entry = tarfile.TarInfo(name)
                if isinstance(data, str):
                    entry.type, entry.linkname = tarfile.SYMTYPE, data
                    archive.addfile(entry)
                else:
                    entry.size = len(data)
                    archive.addfile(entry, io.BytesIO(data))
    return make


def external_entity(path):
    secret = os.path.join(os.path.dirname(path), '..', 'secret.txt')
    write(b'<?xml version="1.0"?><!DOCTYPE graphml [<!ENTITY x SYSTEM "file://%s">]>'
          b'<graphml><graph edgedefault="directed"><node id="&x;"/><node id="b">&x;</node>'
          b'<edge source="&x;" target="b"/></graph></graphml>' % os.path.abspath(secret).encode())(path)


def graphml(*body):
    return write(b'<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
                 b'<graph edgedefault="directed">', *body, b'</graph></graphml>\n')


def laughs(path):
    entities = b'<!ENTITY a0 "ha">' + b''.join(
        b'<!ENTITY a%d "%s">' % (i, b'&a%d;' % (i - 1) * 10) for i in range(1, 12))
    write(b'<?xml version="1.0"?><!DOCTYPE graphml [', entities,
          b']><graphml><graph edgedefault="directed"><node id="a"><desc>&a11;</desc></node><node id="&a11;"/>'
          b'<edge source="a" target="&a11;"/></graph></graphml>')(path)


def cut(data):
    return write(data[:len(data) * 2 // 3])


def zstd(data):
    return subprocess.run(['zstd', '-q', '-c'], input=data, capture_output=True, check=True).stdout


def zstd_cut(path):
    """A frame of one raw block that promises more than it holds; no zstd program is needed."""
    write(b'\x28\xb5\x2f\xfd\x20\xff' + struct.pack('<I', (1 | 200 << 3))[:3] + PEOPLE)(path)


def gzipped(data):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return squeeze.compress(data) + squeeze.flush()


def calendar(rule):
    return write(b'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240101T100000Z\r\n'
                 b'DTEND:20240101T110000Z\r\nSUMMARY:Coffee\r\nORGANIZER;CN=Ada:mailto:ada@example.org\r\n'
                 b'ATTENDEE;PARTSTAT=ACCEPTED;CN=Bob:mailto:bob@example.org\r\nRRULE:', rule,
                 b'\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n')


def card(*lines):
    return b'BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada Byron\r\n', *lines, b'END:VCARD\r\n'


def mail(*fields):
    return write(b'From ada@example.org Mon Jan  1 10:00:00 2024\n', *fields,
                 b'Date: Mon, 1 Jan 2024 10:00:00 +0000\nMessage-ID: <1@example.org>\n\nHello\n\n')


LOGIN = (b'<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><form action="/login">\n'
         b'<input name="user">, <input name="password">\n</form></body></html>\n')
PDF = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type /Catalog>>\nendobj\n' + bytes(range(256)) * 20
RUBBISH = bytes((i * i * 31 + i // 7 * 13 + 5) % 256 for i in range(50000))

# A weight that is none, after one that is: the reading of the whole file must not hang on the first line.
WEIGHTS = {}
for i, weight in enumerate((b'NaN', b'Inf', b'-1', b'1e999', b'"1,5"', b'0', b'-0', b'1e-400', b'0x1p3')):
    WEIGHTS['weight%d.csv' % i] = (write(b'source,target,weight\na,b,1\nb,c,', weight, b'\nc,d,2\n'), {0, 3}, 'graph')
    WEIGHTS['weight%d.txt' % i] = (write(b'a b 1\nb c ', weight, b'\nc d 2\n'), {0, 3}, 'graph')

# --- the table ----------------------------------------------------------------------------------
# name: how it is made, the exit of info and import, and words: "graph" is ranked too, "held" must leave
# a held row or a warning in the book, "told" one line on stderr of info, "line" must tell a line,
# "people=N" is what info counts. A set of exits where the reading is a matter of taste.
# Files come under the name of the case.

CASES = {
    # tables
    'field-200k.csv': (write(b'Name,Email\n', (b'x', 200000), b',a@example.org\nBob Crane,b@example.org\n'), 0, 'people=2'),
    'nul-bytes.csv': (write(b'Name,Email\nAda\0 Byron,ada@example.org\n\0\0\0\nBob,b\0ob@example.org\n'), 0, 'held people=2'),
    'unterminated-quote.csv': (write(PEOPLE, b'"Cleo,c@example.org\n' + b'Dan,d@example.org\n' * 50), {0, 3}, ''),
    'mixed-encodings.csv': (write('Name,Email\nŁucja Żak,l@example.org\n'.encode(), b'J\xfcrgen,j@example.org\n',
                                  'Zoë,z@example.org\n'.encode('utf-16-le')), 0, 'held people=3'),
    'utf16-no-bom.csv': (write(PEOPLE.decode().encode('utf-16-le')), 0, 'people=2'),
    'utf16be-no-bom.csv': (write(PEOPLE.decode().encode('utf-16-be')), 0, 'people=2'),
    'cr-only.csv': (write(PEOPLE.replace(b'\n', b'\r')), 0, 'people=2'),
    'header-million-columns.csv': (write(b'Name,Email', (b',x', 1000000), b'\nAda,a@example.org\n'), 3, 'line'),
    'row-million-columns.csv': (write(PEOPLE, b'Cleo', (b',x', 1000000), b'\n'), {0, 3}, ''),
    'line-50mb.csv': (write((b'x', 50 * MB)), 3, ''),
    'line-50mb-in-table.csv': (write(PEOPLE, (b'x', 50 * MB)), {0, 3}, ''),
    'empty.csv': (write(), 3, ''),
    'blank.csv': (write(b'\n \n\t\n' * 100), 3, ''),
    'header-only.csv': (write(b'Name,Email\n'), 3, ''),
    'binary.csv': (write(RUBBISH), 3, ''),
    'login.csv': (write(LOGIN), 3, ''),
    'paper.csv': (write(PDF), 3, ''),
    'percent.csv': (write((b'%', 300000)), 3, ''),
    'percent-names.csv': (write(b'Name,Email\n', b'%n%s%x%p%999999d,%s%n@example.org\n' * 200), 0, 'people=1'),
    # archives
    'bomb.csv.gz': (gzip_bomb(PEOPLE, b'\0', 16 * MB), 3, ''),
    'bomb-of-nothing.csv.gz': (gzip_bomb(b'', b'\0', 16 * MB), 3, ''),
    'bomb-of-lines.csv.gz': (gzip_bomb(PEOPLE, b'\n', 16 * MB), 3, ''),
    'bomb-of-people.csv.gz': (gzip_bomb(PEOPLE, b'A,\n', 4 * MB), 3, ''),
    'bomb-of-ties.txt.gz': (gzip_bomb(EDGES, b'1 2\n', 4 * MB), 3, 'graph'),
    'bomb.zip': (zip_bomb, 3, ''),
    'bombs-in-bombs.zip': (zip_in_zip, 3, ''),
    'many-files.zip': (many_files, 3, ''),
    'traversal.zip': (zip_of([('../escaped.csv', PEOPLE), ('../../escaped.csv', PEOPLE),
                              ('..\\escaped.csv', PEOPLE), ('/tmp/kith-escaped.csv', PEOPLE)]), {0, 3}, ''),
    'half-traversal.zip': (zip_of([('../escaped.csv', PEOPLE), ('people.csv', PEOPLE)]), 0, 'told'),
    'traversal.tar': (tar_of([('../escaped.csv', PEOPLE), ('/tmp/kith-escaped.csv', PEOPLE)]), {0, 3}, ''),
    'symlink.tar': (tar_of([('people.csv', '../secret.txt'), ('people.csv/x.csv', PEOPLE),
                            ('Connections.csv', '/etc/passwd')]), 0, 'told'),
    'names.zip': (zip_of([('a\nb\x1b[31m.csv', PEOPLE), ('\u202egpj.csv', PEOPLE.replace(b'ada', b'ed'))]),
                  0, 'people=3'),
    'truncated.csv.gz': (cut(gzipped(PEOPLE)), 3, ''),
    'truncated.csv.xz': (cut(lzma.compress(PEOPLE)), 3, ''),
    'truncated.csv.bz2': (cut(bz2.compress(PEOPLE)), 3, ''),
    'truncated.csv.zst': (zstd_cut, 3, ''),
    # calendars, cards, mail
    'every-second.ics': (calendar(b'FREQ=SECONDLY'), {0, 3}, 'held'),
    'count.ics': (calendar(b'FREQ=DAILY;COUNT=99999999999'), {0, 3}, ''),
    'every-second-count.ics': (calendar(b'FREQ=SECONDLY;COUNT=99999999999;INTERVAL=0'), {0, 3}, 'held'),
    'agents.vcf': (write(*card((b'AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:B\r\n', 100000),
                              (b'END:VCARD\r\n', 100000))), {0, 3}, ''),
    'line-16mb.vcf': (write(*card(b'NOTE:', (b'x', 16 * MB), b'\r\n')), {0, 3}, ''),
    'folded-16mb.vcf': (write(*card(b'NOTE:', b'x' * 60 + b'\r\n ', (b'x\r\n ', 4 * MB), b'\r\n')), {0, 3}, ''),
    'header-20mb.mbox': (mail(b'From: Ada <ada@example.org>\nTo: ', (b'x', 20 * MB), b'\n'), {0, 3}, ''),
    'groups.mbox': (mail(b'From: ', (b'a:', 50000), b'\nTo: Bob <bob@example.org>\n'), {0, 3}, ''),
    'comments.mbox': (mail(b'From: ', (b'(', 100000), b'\nTo: Bob <bob@example.org>\n'), {0, 3}, ''),
    'recipients.mbox': (mail(b'From: Ada <ada@example.org>\nTo: ',
                             b',\n '.join(b'p%d@example.org' % i for i in range(200000)), b'\n'), {0, 3}, ''),
    # JSON
    'deep.json': (write(b'{"nodes":', (b'[', 5000000)), 3, ''),
    'deep-closed.json': (write(b'{"nodes":', (b'[', 5000000), (b']', 5000000), b',"links":[]}'), 3, ''),
    'cut-later.json': (write(b'{"nodes":[{"id":1},{"id":2}],"links":[{"source":1,"target":2},{"source":1,'),
                       3, 'graph line'),
    'cut.json': (write(b'{"nodes":'), 3, ''),
    'surrogates.json': (write(b'{"nodes":[{"id":"\\ud800"},{"id":"\\udc00b"},{"id":"c"}],'
                              b'"links":[{"source":"\\ud800","target":"c"}]}'), {0, 3}, 'graph'),
    'infinite.json': (write(b'{"nodes":[{"id":1},{"id":2}],"links":[{"source":1,"target":2,"weight":1e999}]}'),
                      {0, 3}, 'graph held'),
    'huge-ids.json': (write(b'{"nodes":[{"id":9007199254740992},{"id":9007199254740993}],"links":'
                            b'[{"source":9007199254740992,"target":9007199254740993}]}'), 0, 'graph people=2'),
    # XML
    'laughs.graphml': (laughs, 3, 'graph'),
    'external.graphml': (external_entity, 3, 'graph'),
    'deep.graphml': (graphml((b'<node id="a">', 100000), (b'</node>', 100000)), 3, 'graph'),
    'attribute-50mb.graphml': (graphml(b'<node id="', (b'x', 50 * MB), b'"/>'), 3, 'graph'),
    'unknown-node.graphml': (graphml(b'<node id="a"/>\n<edge source="a" target="nobody"/>\n'), {0, 3}, 'graph'),
    # graphs
    'vertices.net': (write(b'*Vertices 500000000\n1 "a"\n*Arcs\n1 2\n'), {0, 3}, 'graph'),
    'vertices-negative.net': (write(b'*Vertices -5\n1 "a"\n*Arcs\n1 2\n'), 3, 'graph line'),
    'n.dl': (write(b'dl n=500000000 format=edgelist1\ndata:\n1 2\n'), {0, 3}, 'graph'),
    'n-matrix.dl': (write(b'dl n=500000000\ndata:\n0 1\n1 0\n'), 3, 'graph'),
    'p-edge.dimacs': (write(b'c x\np edge 500000000 500000000\ne 1 2\n'), {0, 3}, 'graph'),
    'size.mtx': (write(b'%%MatrixMarket matrix coordinate pattern general\n'
                       b'500000000 500000000 500000000\n1 2\n'), {0, 3}, 'graph'),
    'ids.gml': (write(b'graph [ node [ id 1099511627776 ] node [ id 1099511627777 ] '
                      b'edge [ source 1099511627776 target 1099511627777 ] ]\n'), 0, 'graph people=2'),
    'deep.gml': (write(b'graph [ ', (b'a [ ', 1000000)), 3, 'graph'),
    'deep.dot': (write(b'digraph { ', (b'subgraph { ', 1000000)), 3, 'graph'),
    'digits-100mb.txt': (write(b'1 2\n2 3\n', (b'7', 100 * MB)), 3, 'graph'),
    'ids.txt': (write(b'1000000000000 9223372036854775808\n9223372036854775807 1000000000000\n'
                      b'9223372036854775808 9223372036854775807\n'), 0, 'graph people=3'),
    **WEIGHTS,
    # things that are no files, and names
    'missing.csv': (lambda path: None, 4, ''),
    'folder': (os.mkdir, {'info': 4, 'import': {0, 3, 4}}, ''),
    'pipe.csv': (os.mkfifo, 4, ''),
    '/dev/zero': (None, 4, ''),
    'link-to-zero.csv': (lambda path: os.symlink('/dev/zero', path), 4, ''),
    'a\nb\x1b[2J\u202e%n%s.csv': (write(PEOPLE), 0, ''),
    'bad\nb\x1b[2J\u202e%n%s.csv': (write(RUBBISH), 3, ''),
    'gone\nb\x1b[2J\u202e%n%s.csv': (lambda path: None, 4, ''),
    b'\xff\xfe\x80.csv': (write(RUBBISH), 3, ''),
    '=cmd|calc.csv': (write(PEOPLE), 0, ''),
    '</script><script>x.csv'.replace('/', '\u2215'): (write(PEOPLE), 0, ''),
    "'; DROP TABLE source;--.csv": (write(PEOPLE), 0, ''),
}


# --- looking at what kith did -------------------------------------------------------------------

def listing(folder):
    """Every name in a folder and beside it, with sizes: a file written through a link would show."""
    found = []
    for base, folders, files in os.walk(folder):
        found += [os.path.join(base, name) for name in folders + files]
    return sorted(path for path in found if b'B.kith' not in os.fsencode(path))


def run(folder, *arguments):
    environment = {name: value for name, value in os.environ.items()
                   if name.endswith('SAN_OPTIONS') or name in ('PATH', 'TZ')}
    environment['LC_ALL'] = 'C.UTF-8'
    command = [KITH, *arguments]
    if not SANITISED:
        command = ['sh', '-c', 'ulimit -v %d; ulimit -t %d; exec "$@"' % (MEMORY_KB, SECONDS), 'sh', *command]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=folder,
                          env=environment, timeout=SECONDS * PATIENCE)


def rows(book):
    """What a book holds, table by table, once SQLite finds it whole."""
    # At rest a book is one file: SQLite need not, and so must not, make others beside it to look.
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro&immutable=1' % book, uri=True)) as base:
        whole = base.execute('PRAGMA integrity_check').fetchall()
        if whole != [('ok',)]:
            return 'damaged: %s' % whole
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        answer = {name: base.execute('SELECT count(*) FROM "%s"' % name).fetchone()[0] for name in tables}
        answer['odd'] = base.execute('SELECT coalesce(sum(held + warnings), 0) FROM source WHERE import > 1').fetchone()[0]
    return answer


def look(case, verb, answer, exits):
    """What holds for every file and every verb."""
    name = '%s %s' % (verb, ascii(case))
    out, err = answer.stdout.decode(errors='replace'), answer.stderr.decode(errors='replace')
    code = answer.returncode
    if code not in exits:
        fault(name, 'exit %d, not %s: %s' % (code, sorted(exits), ascii(err[:300])))
    for stream, text in (('stdout', out), ('stderr', err)):
        if CONTROL.search(text):
            fault(name, 'raw control character on %s: %s' % (stream, ascii(text[:300])))
        if CANARY in text or 'root:x:0' in text:
            fault(name, 'the content of another file on %s' % stream)
    if re.search(r'Traceback|Sanitizer|runtime error|assert|core dumped|CRITICAL|\*\*', err):
        fault(name, 'noise: %s' % ascii(err[:2000]))
    if code in (3, 4):
        if err.count('\n') != 1 or not err.endswith('\n') or not err.startswith('kith: '):
            fault(name, 'not one line: %s' % ascii(err[:500]))
        if len(err) > 1000:
            fault(name, 'a line of %d bytes' % len(err))
        plain = os.fsdecode(case)
        shown = plain if plain.isprintable() and plain.isascii() else '.csv'
        if shown not in err:
            fault(name, 'does not name the file: %s' % ascii(err[:300]))
        if out:
            fault(name, 'an answer besides the error: %s' % ascii(out[:200]))
    return code, err


def try_case(case, scratch):
    """One file through each verb. Returns a line of the table of exits."""
    make, exits, words = CASES[case]
    folder = tempfile.mkdtemp(dir=scratch)
    home = os.path.join(folder, 'home')
    os.mkdir(home)
    write(CANARY.encode())(os.path.join(folder, 'secret.txt'))
    path = case if make is None else os.path.join(os.fsencode(home), os.fsencode(case))
    if make:
        make(os.fsdecode(path))
    path = path if make is None else os.fsencode(case)
    book = os.path.join(home, 'B.kith')
    shutil.copy(os.path.join(scratch, 'first.kith'), book)
    before, files = rows(book), listing(folder)
    codes = []
    # Importing reads as info does, and more: enough for a sanitizer.
    for verb in ['info'] * (not SANITISED) + ['import'] + ['influencers'] * ('graph' in words):
        allowed = exits.get(verb, 0) if isinstance(exits, dict) else exits
        allowed = allowed if isinstance(allowed, set) else {allowed}
        if verb == 'influencers' and 0 in allowed:
            allowed = allowed | {1}
        into = ['--into', 'B.kith'] if verb == 'import' else []
        started = time.monotonic()
        try:
            answer = run(home, verb, *into, path)
        except subprocess.TimeoutExpired:
            fault('%s %s' % (verb, ascii(case)), 'not done after %d seconds' % (SECONDS * PATIENCE))
            codes.append('late')
            continue
        code, err = look(case, verb, answer, allowed)
        codes.append('%d %.1fs' % (code, time.monotonic() - started))
        if code == 3 and 'line' in words and not re.search(r':\d+:', err):
            fault(case, 'no line is told: %s' % ascii(err))
        if 'told' in words and verb == 'info' and code == 0 and not err:
            fault(case, 'nothing is said of what was left out')
        people = re.search(r'people=(\d+)', words)
        if people and verb == 'info' and not re.search(rb'^person +%s ' % people[1].encode(), answer.stdout, re.M):
            fault(case, 'not %s people: %s' % (people[1], answer.stdout[:200]))
        if verb == 'import':
            check_book(case, book, before, code, words)
        if VERBOSE and err:
            codes.append(ascii(err.strip()[:150]))
    if listing(folder) != files:
        fault(case, 'left behind: %s' % ascii(set(listing(folder)) ^ set(files)))
    left = [name for name in os.listdir(home) if name.startswith('B.kith') and name != 'B.kith']
    if left:
        fault(case, 'left behind: %s' % left)
    shutil.rmtree(folder)
    return '%-32s %s' % (ascii(os.fsdecode(case))[1:-1], ' · '.join(codes))


def check_book(case, book, before, code, words):
    after = rows(book)
    if isinstance(after, str):
        fault(case, after)
    elif code != 0 and after != before:
        fault(case, 'refused, but left rows in the book: %s' % {k: v for k, v in after.items() if before[k] != v})
    elif code == 0 and 'held' in words and not after['odd']:
        fault(case, 'nothing is said to be held or odd')


# --- names through every format -----------------------------------------------------------------

NAMES = [
    '=HYPERLINK("http://evil.example.com","Win")', '+441632960999', "@SUM(1+1)*cmd|' /C calc'!A0", '-2+3', "=cmd|'/C calc'!A0",
    '\t=1+1', '\r=1+1', '<script>alert("x")</script>', '<img src=x onerror=alert(1)>', '</script><script>alert(1)</script>',
    '"><svg onload=alert(1)>', "' onmouseover='alert(1)", "Robert'); DROP TABLE people;--", '%n%s%x %p', '\u202eevoL ylimE',
    '\u2066hidden\u2069', '\x1b[31mred\x1b[0m', '\x1b]0;title\x07', '\x9b31m', 'bell\x07', 'two\nlines', ']]><x/>', '<!--', '&lt;b&gt;',
    'javascript:alert(1)', '{{7*7}}', '${7*7}', '`id`', '$(id)', 'A\u0301' * 50, '\ufeffmark', '\ufffe', '\U0010ffff', '\u2028line',
    '../../etc/passwd', 'NULL', 'x' * 5000,
]


class Page(html.parser.HTMLParser):
    """Collects what a browser would run or fetch."""
    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes if name.startswith('on')]
        links = [value for name, value in attributes if name in ('src', 'href', 'action') and value
                 and not value.startswith(('#', 'data:'))]
        if tag in ('img', 'iframe', 'object', 'embed', 'x') or names or links:
            self.bad.append((tag, attributes))


def tags(text):
    """How often a page opens each element that can act: names must not add one."""
    counts = {}

    class Count(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag in ('script', 'style', 'img', 'iframe', 'object', 'embed', 'x'):
                counts[tag] = counts.get(tag, 0) + 1
    Count().feed(text)
    return counts


def check_format(verb, form, text, plain):
    name = '%s --format %s' % (verb, form)
    if form == 'text' and CONTROL.search(text):
        fault(name, 'raw control character: %s' % ascii(CONTROL.findall(text)))
    elif form == 'csv':  # a number may keep its sign
        for row in csv.reader(io.StringIO(text, newline='')):
            for cell in row:
                if cell[:1] in tuple('=+-@\t\r') and not re.fullmatch(r'[-+][\d.]+(e-?\d+)?', cell):
                    fault(name, 'an armed cell: %s' % ascii(cell))
    elif form == 'json':
        json.loads(text, parse_constant=lambda word: fault(name, word))
    elif form == 'html':
        page = Page()
        page.feed(text)
        for bad in page.bad:
            fault(name, 'from a name: %s' % ascii(bad))
        if tags(text) != tags(plain):
            fault(name, 'elements %s, of plain names %s' % (tags(text), tags(plain)))
    elif form in ('graphml', 'gexf'):
        xml.parsers.expat.ParserCreate().Parse(text.encode(), True)


def people(folder, name, names):
    with open(os.path.join(folder, name), 'w', newline='', encoding='utf-8') as file:
        table = csv.writer(file)
        table.writerow(['Name', 'Email', 'Company', 'Title'])
        table.writerows([person, 'p%d@example.org' % i, person, person] for i, person in enumerate(names))


def ring(folder, name, names):
    with open(os.path.join(folder, name), 'w', newline='', encoding='utf-8') as file:
        table = csv.writer(file)
        table.writerow(['source', 'target'])
        table.writerows([person, names[i - step]] for i, person in enumerate(names) for step in (1, 2))


# Each verb with something to answer, so that names stand in its tables.
ASKED = [
    ('people', ['info', '-v']), ('people', ['duplicates']), ('people', ['report']), ('people', ['export']),
    ('people', ['keep-in-touch', '--all', '--me', 'p11@example.org']), ('ties', ['influencers']), ('ties', ['export']),
    ('ties', ['report']), ('ties', ['gatekeepers', '--me', '%s', '--to', '%s']), ('ties', ['intro', '--me', '%s', '--to', '%s']),
]


def try_names(scratch):
    plain = ['%s %s' % (a, b) for a in ('Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Flo', 'Gus') for b in
             ('Stone', 'Marsh', 'Field', 'Brook', 'Wood', 'Hill')][:len(NAMES)]
    for kind, names in (('hostile', NAMES), ('plain', plain)):
        people(scratch, kind + '-people.csv', names)
        ring(scratch, kind + '-ties.csv', names)
    for file, arguments in ASKED[::SHARE]:
        for form in ('text', 'csv', 'json', 'html', 'graphml', 'gexf'):
            answers = []
            for kind, names in (('hostile', NAMES), ('plain', plain)):
                ends = iter((names[7], names[12]))
                filled = [next(ends) if word == '%s' else word for word in arguments]
                answers.append(run(scratch, *filled, '--format', form, '%s-%s.csv' % (kind, file)))
            check_names('%s %s' % (arguments[0], file), form, *answers)


def check_names(name, form, hostile, plain):
    codes = {hostile.returncode, plain.returncode}
    if VERBOSE:
        print('%-22s %-8s exit %s' % (name, form, codes), len(hostile.stdout), ascii(hostile.stderr[:150]))
    if CONTROL.search(hostile.stderr.decode()):
        fault(name, 'raw control character on stderr: %s' % ascii(hostile.stderr[:300]))
    if not codes <= {0, 1} or not hostile.stdout:
        fault('%s --format %s' % (name, form), 'exit %s: %s' % (codes, ascii(hostile.stderr[:300])))
        return
    try:
        check_format(name, form, hostile.stdout.decode(), plain.stdout.decode())
    except (ValueError, csv.Error, xml.parsers.expat.ExpatError) as error:
        fault('%s --format %s' % (name, form), 'does not parse: %s' % error)


def main():
    with tempfile.TemporaryDirectory(prefix='kith-hostile-') as scratch:
        people(scratch, 'first.csv', ['First Person', 'Second Person'])
        run(scratch, 'import', '--into', 'first.kith', 'first.csv')
        wanted = [case for case in CASES if not ONLY or os.fsdecode(case) in ONLY]
        if SANITISED and not ONLY:  # ten thousand files cost a sanitizer minutes, and show it nothing new
            wanted.remove('many-files.zip')
        wanted = wanted if ONLY else wanted[::SHARE]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for line in pool.map(lambda case: try_case(case, scratch), wanted):
                print(line, flush=True)
        if not ONLY or 'names' in ONLY:
            try_names(scratch)
    if SHARE > 1:
        print('KITH_SHARE=%d: of %d files' % (SHARE, len(CASES)))
    print('%d hostile files, %d faults' % (len(wanted), len(faults)))
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    KITH = os.path.join(os.path.abspath(sys.argv[1]), 'src/cli/kith')
    ONLY = [word for word in sys.argv[2:] if word != '-v']
    VERBOSE = '-v' in sys.argv
    with open(KITH, 'rb') as program:
        SANITISED = b'__asan_init' in program.read()
    if SANITISED:
        SECONDS, PATIENCE = SECONDS * 10, 1
    main()
