#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""contract.py BUILD - what programs and scripts rely on, whatever the wording of an answer.

The JSON of each question and the columns it promises, exit codes, clean standard output, what each fixture
must give (tests/fixtures/EXPECTED.csv), and three laws: the order of files changes nothing, importing
again changes nothing, --as-of hides what came after.
"""
import csv
import itertools
import json
import os
import stat
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOWN = [os.path.join(ROOT, 'datasets/tidewell', name) for name in (
    'Connections.csv', 'apple_v3.vcf', 'marta_google.ics', 'circle_events.ics', 'attendance_list.csv', 'referrals.csv',
    'suppliers.csv')]
KITE = os.path.join(ROOT, 'datasets/kite/edges.csv')
DAVIS = os.path.join(ROOT, 'datasets/davis/attendance.csv')
ME = ['--me', 'Marta Kowalska']

# What PRODUCT promises: arguments, the table, its columns.
PROMISES = [
    (['info', *TOWN], 'counts', 'kind count'),
    (['intro', '--to', 'Chloe Dubois', *ME, *TOWN], 'paths', 'rank score hops people weakest'),
    (['intro', '--to', 'Chloe Dubois', *ME, *TOWN], 'hops_detail', 'path hop from to p warmth state evidence'),
    (['influencers', KITE], 'influencers', 'rank person score rank_lo rank_hi'),
    (['seeds', '-k', '3', KITE], 'seeds', 'order person marginal spread spread_lo spread_hi'),
    (['seeds', '-k', '3', KITE], 'baselines', 'name k spread spread_lo spread_hi'),
    (['influencers', DAVIS], 'influencers', 'rank person score rank_lo rank_hi'),
    (['communities', KITE], 'communities', 'community size label'),
    (['communities', '--two-mode', DAVIS], 'members', 'person community'),
    (['communities', *TOWN], 'quality', 'measure value'),
    (['brokers', KITE], 'brokers',
     'person constraint effective_size coordinator gatekeeper representative consultant liaison'),
    (['mixing', *TOWN], 'mixing', 'attribute as people values ties assortativity ei'),
    (['attendance', DAVIS], 'attendance', 'person group place events partners strength'),
    (['attendance', DAVIS], 'pairs', 'a b shared newman jaccard p'),
    (['spread', '--from', 'EVELYN', DAVIS], 'reached', 'person arrived hops via'),
    (['spread', '--from', 'EVELYN', DAVIS], 'summary', 'measure value'),
    (['evaluate', DAVIS], 'evaluation', 'pairs predictor auc auc_lo auc_hi precision lift'),
    (['ties', *TOWN], 'ties', 'from to p warmth tier state record evidence'),
    (['map', KITE], 'places', 'node kind x y size group degree'),
    (['layers', '--of', 'Breakwater Logistics', *TOWN], 'layers', 'node layer via'),
    (['layers', '--of', 'Breakwater Logistics', *TOWN], 'coverage', 'layer known with_customers share'),
    (['referrals', *ME, *TOWN], 'referrals', 'giver receiver subject date outcome generation'),
    (['referrals', *ME, *TOWN], 'thanks', 'person unthanked channel'),
    (['contributions', *ME, *TOWN], 'contributions', 'from person given received balance order next channel'),
    (['prospects', *ME, *TOWN], 'prospects', 'rank person score customers contacts introducer channel why'),
    (['allies', '--of', 'Saltmarsh Brewery', *TOWN], 'allies', 'firm shared jaccard new same_offers ask channel next'),
    (['scorecard', *ME, *TOWN], 'scorecard', 'measure quarter count of value lo hi'),
    (['scorecard', *ME, *TOWN], 'worklist', 'measure who next ask channel'),
    (['what-if', '--lose', 'jurgen-muller', *ME, *TOWN], 'changes', 'measure before after difference'),
    (['events', '--rewirings', '20', *ME, *TOWN], 'events', 'event date people new_ties before expected z p mixing'),
    (['events', '--rewirings', '20', *ME, *TOWN], 'open', 'person event days next channel'),
    (['events', '--next', 'Charity Gala', '--assume-opt-in', *ME, *TOWN], 'pairs', 'a b gain host why'),
    (['journey', *ME, *TOWN], 'steps', 'step people took median_days within_365'),
    (['layers', '--of', 'Breakwater Logistics', *TOWN], 'worklist', 'customer steps next ask channel'),
]
# In CI every third question, file and order under the sanitizers: what an answer says is the same without them.
SHARE = int(os.environ.get('KITH_SHARE', 1)) if 'KITH_SANITIZED' in os.environ else 1
HEAD = ['kith', 'question', 'as_of', 'seed', 'parameters', 'sources', 'tables', 'columns', 'notes']
faults = []


def expect(truth, text, *values):
    if not truth:
        faults.append(text)
        print(text, *values)


def kith(*arguments, folder=None):
    environment = {name: value for name, value in os.environ.items()
                   if name.endswith('SAN_OPTIONS') or name in ('PATH', 'LC_ALL', 'TZ')}
    return subprocess.run([KITH, *arguments], capture_output=True, check=False, cwd=folder, env=environment)


def no_nan(word):
    raise ValueError('%s is no JSON' % word)


def ask(*arguments, as_of='2024-12-31'):
    answer = kith(arguments[0], '--format', 'json', '--as-of', as_of, *arguments[1:])
    name = 'kith ' + ' '.join(os.path.basename(argument) for argument in arguments)
    expect(answer.returncode == 0, '%s: exit %d' % (name, answer.returncode), answer.stderr.decode())
    try:
        return json.loads(answer.stdout, parse_constant=no_nan)
    except ValueError as error:
        expect(answer.returncode != 0, '%s: no JSON: %s' % (name, error))
        return None


def counts(*files, as_of='2024-12-31'):
    document = ask('info', *files, as_of=as_of)
    return {row['kind']: row['count'] for row in document['tables']['counts']} if document else {}


def promises():
    for arguments, table, columns in PROMISES[::SHARE]:
        document = ask(*arguments)
        if document is None:
            continue
        name = '%s: %s' % (arguments[0], table)
        expect([key for key in HEAD if key not in document] == [], name + ': keys are missing', list(document))
        expect(document.get('question') == arguments[0], name + ': question', document.get('question'))
        expect(document.get('as_of') == '2024-12-31', name + ': as_of', document.get('as_of'))
        rows = document['tables'].get(table)
        expect(rows, name + ': no rows')
        for row in rows or []:
            expect(set(columns.split()) <= set(row), name + ': columns', sorted(row))
        described = [column['name'] for column in document['columns'].get(table, [])]
        expect(not rows or described == list(rows[0]), name + ': columns are not those described', described)
        if table == 'influencers' and rows:
            scores = [row['score'] for row in rows]
            expect(scores == sorted(scores, reverse=True), name + ': not sorted by score', scores)
        for source in document['sources']:
            expect(len(source['sha256']) == 64, name + ': sha256', source)


def exit_codes(folder):
    with open(os.path.join(folder, 'two.csv'), 'w', encoding='utf-8') as file:
        file.write('source,target\nAnn,Bob\nCid,Dan\n')
    nasty = os.path.join(ROOT, 'tests/fixtures/nasty')
    for code, arguments in [
            (0, ['--help']), (0, ['--version']), (0, ['info', 'two.csv']),
            (1, ['intro', '--from', 'Ann', '--to', 'Cid', 'two.csv']),
            (2, []), (2, ['nonsense', 'two.csv']), (2, ['info', '--nonsense', 'two.csv']),
            (2, ['intro', '--from', 'Ann', '--to', 'Nobody', 'two.csv']), (2, ['intro', 'two.csv']),
            (2, ['info', '--as-of', '2024-13-01', 'two.csv']), (2, ['info', '--format', 'papyrus', 'two.csv']),
            (3, ['info', nasty + '/not_a_csv.csv']), (3, ['info', nasty + '/empty.csv']),
            (3, ['info', nasty + '/header_only.csv']), (4, ['info', 'missing.csv']),
            (4, ['export', '-o', 'missing/x.graphml', 'two.csv'])]:
        answer = kith(*arguments, folder=folder)
        name = 'kith ' + ' '.join(os.path.basename(argument) for argument in arguments)
        expect(answer.returncode == code, '%s: exit %d (expected %d)' % (name, answer.returncode, code),
               answer.stderr.decode())
        if code >= 2:
            expect(answer.stdout == b'', name + ': an error, yet something on stdout', answer.stdout)
            expect(answer.stderr != b'', name + ': an error without a word')


def expected():
    path = os.path.join(ROOT, 'tests/fixtures/EXPECTED.csv')
    with open(path, encoding='utf-8', newline='') as file:
        for row in itertools.islice(csv.DictReader(file), 0, None, SHARE):
            if row['persons'] == row['organisations'] == '0':
                continue  # nothing in it: exit_codes() has those
            found = counts(os.path.join(ROOT, row['file']))
            wanted = {'person': row['persons'], 'organisation': row['organisations'], 'event': row['events']}
            for tie in filter(None, row['ties'].split(';')):
                kind, count = tie.split('=')
                if ':' not in kind:  # a kind with its status is for the C test of the fixtures
                    wanted['tie:' + kind] = count
            for kind, count in wanted.items():
                expect(found.get(kind, 0) == int(count), '%s: %d %s (expected %s)' % (
                    row['file'], found.get(kind, 0), kind, count))


def laws(folder):
    def tables(*files):
        # The list of sources is in the order in which they were given, and that only.
        return [json.dumps({name: table for name, table in document['tables'].items() if name != 'sources'},
                           sort_keys=True) for document in (
            ask('info', *ME, *files), ask('intro', '--to', 'Chloe Dubois', *ME, *files)) if document]
    there = tables(*TOWN)
    for files in itertools.islice(itertools.permutations(TOWN), 0, None, 1511 * SHARE):
        expect(tables(*files) == there, 'the order of the files changes an answer', [
            os.path.basename(file) for file in files])

    book = os.path.join(folder, 'town.kith')
    for turn in (1, 2, 3):
        answer = kith('import', '--into', book, *ME, *TOWN)
        expect(answer.returncode == 0, 'import %d: exit %d' % (turn, answer.returncode), answer.stderr.decode())
        expect(tables(book) == there, 'import %d: the book answers otherwise than its files' % turn)
    if os.path.exists(book):
        expect(stat.S_IMODE(os.stat(book).st_mode) == 0o600, 'a book can be read by others')

    with open(DAVIS, encoding='utf-8', newline='') as file:
        dates = [row['date'] for row in csv.DictReader(file)]
    for day in ('1936-05-01', '1936-12-31'):
        seen, there = counts(DAVIS, as_of=day).get('tie:attended'), sum(date <= day for date in dates)
        expect(seen == there, 'Davis on %s: %s attendances (expected %d)' % (day, seen, there))


def main():
    with tempfile.TemporaryDirectory() as folder:
        promises()
        exit_codes(folder)
        expected()
        laws(folder)
    if SHARE > 1:
        print('KITH_SHARE=%d: of the questions, the files and their orders' % SHARE)
    print('%d faults' % len(faults))
    return 1 if faults else 0


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: contract.py BUILD')
    KITH = os.path.abspath(os.path.join(sys.argv[1], 'src/cli/kith'))
    sys.exit(main())
