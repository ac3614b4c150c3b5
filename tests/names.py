#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""names.py BUILD - names that mean harm, through every shape of importer to every output.

Usage: names.py BUILD [FILE...]

Each importer below gets a file in which every person, firm or event is called like one of hostile.py's names, and a second with
harmless names in the same places. What comes out in each format must be a document, with nothing in it that runs, and with
the same elements as for the harmless file. Then what privacy promises: no message bodies in a book, nothing of a forgotten
person in any file, nothing readable by others, and no network.
"""
import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import xml.sax.saxutils

import hostile

FORMATS = ('text', 'csv', 'json', 'html', 'graphml', 'gexf')
BODY = 'xylophone-quarrel-body'


def table(*columns):
    """A CSV file: 'NAME' in a column stands for the name, 'N' for its number."""
    def make(names):
        out = io.StringIO(newline='')
        writer = csv.writer(out)
        writer.writerow([head for head, _ in columns])
        for i, name in enumerate(names):
            writer.writerow([cell.replace('NAME', name).replace('#', str(i + 1)) for _, cell in columns])
        return out.getvalue()
    return make


def flat(name):
    """A name as formats of one line can hold it."""
    return re.sub(r'[\r\n\t\x00]', ' ', name)


def lines(form, head='', foot='', joint=''):
    def make(names):
        return head + joint.join(form.replace('NAME', flat(name)).replace('NEXT', flat(names[i - 1])).replace('#', str(i + 1))
                                 for i, name in enumerate(names)) + foot
    return make


def quoted(form, quote, head='', foot='', joint=''):
    """As lines(), with names escaped the format's own way."""
    def make(names):
        return head + joint.join(form.replace('NAME', quote(name)).replace('NEXT', quote(names[i - 1])).replace('#', str(i + 1))
                                 for i, name in enumerate(names)) + foot
    return make


def xml_text(name):
    clean = ''.join(c for c in name if c in '\t\n' or ' ' <= c < '\ud800' or '\ue000' <= c <= '\ufffd' or c > '\uffff')
    return xml.sax.saxutils.escape(clean, {'"': '&quot;'})


def slashed(name):
    return flat(name).replace('\\', '\\\\').replace('"', '\\"')


def json_of(shape):
    return lambda names: json.dumps(shape(names))


GML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="n" for="node" attr.name="name" attr.type="string"/>' \
      '<key id="m" for="node" attr.name="NOTE" attr.type="string"/><graph edgedefault="undirected">'
GEXF = '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="undirected"><nodes>'

MAKERS = {
    'contacts.csv': table(('Name', 'NAME'), ('Email', 'p#@example.org'), ('Company', 'NAME'), ('Title', 'NAME'), ('Note', 'NAME')),
    'Connections.csv': table(('First Name', 'NAME'), ('Last Name', 'NAME'), ('URL', 'https://www.linkedin.com/in/p#'),
                             ('Email Address', ''), ('Company', 'NAME'), ('Position', 'NAME'), ('Connected On', '08 Feb 2024')),
    'google.csv': table(('First Name', 'NAME'), ('Last Name', ''), ('Organization Name', 'NAME'), ('Labels', 'NAME'),
                        ('E-mail 1 - Label', '*'), ('E-mail 1 - Value', 'p#@example.org')),
    'attendance.csv': table(('Event', 'NAME'), ('Date', '2024-02-01'), ('Name', 'NAME'), ('Email', 'p#@example.org'),
                            ('Company', 'NAME'), ('Status', 'Present')),
    'referrals.csv': table(('From', 'NAME'), ('To', 'Anchor Person'), ('Date', '2024-02-01'), ('Outcome', 'NAME')),
    'edges.csv': table(('source', 'NAME'), ('target', 'Anchor'), ('note', 'NAME')),
    'cards.vcf': lines('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:NAME\r\nEMAIL:p#@example.org\r\nORG:NAME Ltd\r\nNOTE:NAME\r\nEND:VCARD\r\n'),
    'days.ics': lines('BEGIN:VEVENT\r\nUID:u#\r\nDTSTART:20240201T100000Z\r\nSUMMARY:NAME\r\nORGANIZER;CN="NAME":mailto:p#@example.org'
                      '\r\nATTENDEE;CN="NAME";PARTSTAT=ACCEPTED:mailto:q#@example.org\r\nEND:VEVENT\r\n',
                      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n', 'END:VCALENDAR\r\n'),
    'mail.mbox': lines('From x@example.org Mon Jan 01 00:00:00 2024\nFrom: "NAME" <p#@example.org>\nTo: "NEXT" <q#@example.org>\n'
                       'Date: Mon, 01 Jan 2024 10:00:00 +0000\nMessage-ID: <m#@example.org>\nSubject: NAME\n\n' + BODY + '\n\n'),
    'WhatsApp Chat with A.txt': lines('04/03/2025, 14:05 - NAME: ' + BODY + '\n'),
    'net.graphml': quoted('<node id="n#"><data key="n">NAME</data><data key="m">NAME</data></node><edge source="n#" target="n1"/>',
                          xml_text, GML, '</graph></graphml>'),
    'net.gexf': lambda names: GEXF + ''.join('<node id="%d" label="%s"/>' % (i, xml_text(n)) for i, n in enumerate(names)) +
                '</nodes><edges>' + ''.join('<edge id="%d" source="%d" target="0"/>' % (i, i) for i in range(1, len(names))) +
                '</edges></graph></gexf>',
    'net.gml': lambda names: 'graph [\n' + ''.join(' node [ id %d label "%s" ]\n' % (i, xml_text(flat(n))) for i, n in enumerate(names)) +
               ''.join(' edge [ source %d target 0 ]\n' % i for i in range(1, len(names))) + ']\n',
    'net.dot': quoted('"NAME" -- "NEXT" [label="NAME"];\n', slashed, 'graph g {\n', '}\n'),
    'net.net': lambda names: '*Vertices %d\n' % len(names) +
               ''.join('%d "%s"\n' % (i + 1, flat(n).replace('"', "'")) for i, n in enumerate(names)) + '*Edges\n' +
               ''.join('%d 1\n' % (i + 1) for i in range(1, len(names))),
    'net.json': json_of(lambda names: {'nodes': [{'id': i, 'name': n} for i, n in enumerate(names)],
                                       'links': [{'source': i, 'target': 0} for i in range(1, len(names))]}),
    'people.js': json_of(lambda names: {'friends_v2': [{'name': n, 'timestamp': 1700000000 + i} for i, n in enumerate(names)]}),
    'subscribed.csv': table(('Email Address', 'p#@example.org'), ('First Name', 'NAME'), ('Last Name', ''), ('MEMBER_RATING', '2'),
                            ('OPTIN_TIME', '2024-01-01 10:00:00'), ('TAGS', 'NAME')),
    'hubspot.csv': table(('Record ID', '#7'), ('First Name', 'NAME'), ('Last Name', ''), ('Email', 'p#@example.org'),
                         ('Phone Number', ''), ('Contact owner', 'NAME'), ('Lead Status', ''), ('Associated Company', 'NAME')),
}


def kith(*arguments, **more):
    env = {**os.environ, 'SOURCE_DATE_EPOCH': '1735689600', 'OMP_NUM_THREADS': '1', 'LC_ALL': 'C.UTF-8'}
    return subprocess.run([KITH, *arguments], capture_output=True, env=env, timeout=120, check=False, **more)


def try_importer(folder, name, formats):
    """A file in these formats, against the same with harmless names."""
    harmless = ['%s %s' % (a, b) for a in ('Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Flo', 'Gus')
                for b in ('Stone', 'Marsh', 'Field', 'Brook', 'Wood', 'Hill')][:len(hostile.NAMES)]
    paths = []
    for kind, names in (('hostile', hostile.NAMES), ('plain', harmless)):
        os.makedirs(os.path.join(folder, kind), exist_ok=True)
        paths.append(os.path.join(folder, kind, name))
        with open(paths[-1], 'w', encoding='utf-8', newline='', errors='replace') as out:
            out.write(MAKERS[name](names))
    if b'"person", "count": 0' in kith('info', '--format', 'json', paths[0]).stdout:
        hostile.fault(name, 'nobody was read: the test is blind')
    for form in formats:
        answer, plain = (kith('export', '--format', form, '-o', '-', path, cwd=folder) if path == paths[0] or form == 'html' else None
                         for path in paths)
        hostile.check_names('export of %s' % name, form, answer, plain or answer)


def trace(folder, text):
    """Files with these bytes in them."""
    found = []
    for base, _, files in os.walk(folder):
        for file in files:
            with open(os.path.join(base, file), 'rb') as bytes_of:
                if text.encode().lower() in bytes_of.read().lower():
                    found.append(file)
    return found


def try_privacy(folder):
    """A book of mail, chats and contacts: no bodies; after forget nothing of the person; mode 0600; without a network."""
    inputs, store = os.path.join(folder, 'plain'), os.path.join(folder, 'store')
    os.makedirs(inputs, exist_ok=True)
    os.makedirs(store)
    book = os.path.join(store, 'b.kith')
    files = [os.path.join(inputs, f) for f in ('contacts.csv', 'mail.mbox', 'WhatsApp Chat with A.txt', 'cards.vcf')]
    alone = ['unshare', '-rn'] if subprocess.run(['unshare', '-rn', 'true'], stderr=subprocess.DEVNULL, check=False).returncode == 0 else []
    if not alone:
        print('names: no namespace without a network is to be had here; run as we are')
    harmless = ['%s %s' % (a, b) for a in ('Ada', 'Bob', 'Cleo') for b in ('Stone', 'Marsh', 'Field')]
    for file in files:
        with open(file, 'w', encoding='utf-8', newline='') as out:
            out.write(MAKERS[os.path.basename(file)](harmless))
    for words in (['import', '-q', '--into', book, *files], ['report', '-o', os.path.join(store, 'r.html'), book],
                  ['export', '-o', os.path.join(store, 'g.graphml'), book]):
        run = subprocess.run([*alone, KITH, *words], capture_output=True, timeout=120, check=False)
        if run.returncode:
            hostile.fault('privacy', '%s without a network: %s' % (words[0], run.stderr.decode()))
    for file in trace(store, BODY):
        hostile.fault('privacy', 'a message body is in %s' % file)
    for file in os.listdir(store):
        mode = stat.S_IMODE(os.stat(os.path.join(store, file)).st_mode)
        if mode & 0o077:
            hostile.fault('privacy', '%s has mode %o' % (file, mode))
    if not trace(store, 'p3@example.org'):
        hostile.fault('privacy', 'p3 was never there: the test is blind')
    run = kith('forget', 'p3@example.org', book)
    if run.returncode:
        hostile.fault('privacy', run.stderr.decode())
    for file in ('r.html', 'g.graphml'):
        os.unlink(os.path.join(store, file))
    kith('report', '-o', os.path.join(store, 'r.html'), book)
    kith('export', '-o', os.path.join(store, 'g.graphml'), book)
    for file in trace(store, 'p3@example.org'):
        hostile.fault('privacy', 'p3@example.org is still in %s' % file)


def main():
    with tempfile.TemporaryDirectory(prefix='kith-names-') as folder:
        for i, name in enumerate(sys.argv[2:] or MAKERS):
            try_importer(folder, name, FORMATS[i % hostile.SHARE::hostile.SHARE])
        try_privacy(folder)
    if hostile.SHARE > 1:
        print('KITH_SHARE=%d: each shape in its share of the formats' % hostile.SHARE)
    print('%d shapes of importer x %d formats x %d names, %d faults' %
          (len(MAKERS), len(FORMATS), len(hostile.NAMES), len(hostile.faults)))
    return 1 if hostile.faults else 0


if __name__ == '__main__':
    KITH = os.path.abspath(os.path.join(sys.argv[1], 'src', 'cli', 'kith'))
    hostile.VERBOSE = False
    sys.exit(main())
