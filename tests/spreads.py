#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""spreads.py KITH [SHARED]: expected spreads and temporal reach against reference.json.

The reference gives means of up to two million runs of two other programs with their error, exact values where all states
could be enumerated, and counts of whom word reaches in time. A spread may differ by four standard errors of both.
Exits 77 (skipped) when the command or the data are missing, 1 when something differs.
"""
import json
import os
import subprocess
import sys

KITH = sys.argv[1] if len(sys.argv) > 1 else 'kith'
SHARED = sys.argv[2] if len(sys.argv) > 2 else os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '../../shared/datasets')
RUNS = 10240
MOST = 2  # seed sets a network

# name: file, options that give its chances
CASES = {
    'karate': ('karate/karate_edges.csv', ['-p', '0.1']),
    'lesmis': ('lesmis/lesmis.graphml', ['-p', '0.1', '--weight', 'value']),
    'dolphins': ('dolphins/dolphins.gml', ['-p', '0.1']),
    'football': ('football/football.gml', ['-p', '0.1']),
    'polbooks': ('polbooks/polbooks.gml', ['-p', '0.1']),
    'lazega:advice': ('lazega/lazega_advice.csv', ['-p', '0.05', '--flow', 'against', '--directed']),
    'physicians:ckm': ('physicians/ckm_relations.csv', ['-p', '0.1', '--flow', 'against', '--directed']),
    'nethept': ('nethept/NetHEPT.txt.gz', ['-p', 'weight', '--directed']),
}
EXACT = {
    'kite': ('kite/kite_edges.csv', ['-p', '0.3']),
    'florentine:marriage': ('florentine/florentine_marriage.csv', ['-p', '0.2']),
}
faults = 0


def skip(word):
    print(word)
    sys.exit(77)


def fault(text):
    global faults
    faults += 1
    print(text)


def ask(*arguments):
    answer = subprocess.run([KITH, *arguments, '--format', 'json'], capture_output=True, check=False)
    if answer.returncode:
        fault('kith %s: %s' % (' '.join(arguments), answer.stderr.decode().strip()))
        return None
    return json.loads(answer.stdout)


def check_spread(name, file, options, seeds, mean, error):
    answer = ask('seeds', '--given', ','.join(seeds), '--runs', str(RUNS), '--epsilon', '0.5', *options, os.path.join(SHARED, file))
    if not answer:
        return
    row = answer['tables']['seeds'][-1]
    ours = (row['spread_hi'] - row['spread_lo']) / 2 / 1.96
    if abs(row['spread'] - mean) > 4 * (ours ** 2 + error ** 2) ** 0.5 + 1e-6:
        fault('%s, seeds %s: %.4f (expected %.4f, errors %.4f and %.4f)'
              % (name, seeds, row['spread'], mean, ours, error))


def check_reach(file, source, reached, same_moment):
    answer = ask('spread', '--from', source, '--directed', *(['--same-moment'] if same_moment else []),
                 os.path.join(SHARED, file))
    if answer and answer['tables']['summary'][0]['value'] != reached - 1:
        fault('%s from %s: %s (expected %s)' % (file, source, answer['tables']['summary'][0]['value'], reached - 1))


def find(data, name, key):
    entry = data['datasets'][name]
    return entry.get(key) or entry.get('computed', {}).get(key)


def main():
    if not os.access(KITH, os.X_OK):
        skip('no kith at ' + KITH)
    if not os.path.exists(os.path.join(SHARED, 'reference.json')):
        skip('no reference.json in ' + SHARED)
    with open(os.path.join(SHARED, 'reference.json'), encoding='utf-8') as file:
        data = json.load(file)
    for name, (file, options) in CASES.items():
        for known in [r for group in find(data, name, 'spread') for r in group['results']][:MOST]:
            check_spread(name, file, options, known['seeds'], known['mean'], known['std_error'])
        print(name)
    for name, (file, options) in EXACT.items():
        for who, spread in list(find(data, name, 'exact_spread')['singles'].items())[:MOST]:
            check_spread(name, file, options, [who], spread, 0)
        print(name)
    for known in find(data, 'collegemsg', 'temporal')['reach'][:6]:
        check_reach('collegemsg/CollegeMsg.txt.gz', known['source'], known['reached_incl_source'],
                    not known['strictly_increasing_times'])
    print('collegemsg')
    sys.exit(1 if faults else 0)


main()
