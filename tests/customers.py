#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""customers.py KITH - the questions about customers, asked of real data and computed again the slow way.

Company ownership, the chip supply chain, referrals among jazz musicians, advice among physicians: each answer is compared
with one that these lines compute from the files themselves. Data that is not there is skipped.
"""
import collections
import csv
import datetime
import gzip
import json
import math
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(ROOT, '..', 'shared', 'datasets')
faults = []


def expect(truth, text, *values):
    if not truth:
        faults.append(text)
        print(text, *values)


def close(a, b):
    return (a is None and b is None) or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(1, abs(b)))


def ask(*arguments, status=0):
    answer = subprocess.run([KITH, arguments[0], '--format', 'json', *arguments[1:]], capture_output=True, check=False)
    expect(answer.returncode == status, '%s: exit %d' % (' '.join(arguments), answer.returncode), answer.stderr.decode())
    return json.loads(answer.stdout)['tables'] if answer.stdout else {}


def data(*path):
    return os.path.join(DATA, *path)


def write(folder, name, header, rows):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        csv.writer(file).writerows([header, *rows])
    return path


def rows_behind(start, customers):
    """Shortest distances by sets, not by a queue."""
    row, seen = {start}, {start}
    while row:
        row = set().union(*(customers[node] for node in row)) - seen
        seen |= row
        if row:
            yield row


def eva():
    """Who owns whom: three rows of the largest owners, and who owns a company with them."""
    label, owns = {}, collections.defaultdict(set)
    with gzip.open(data('eva', 'eva.net.gz'), 'rt', encoding='latin-1') as file:
        part = ''
        for line in file:
            if line.startswith('*'):
                part = line.split()[0].lower()
            elif part == '*vertices' and line.strip():
                number, rest = line.split(None, 1)
                quoted = re.match(r'"([^"]*)"', rest)
                if quoted:
                    label[number] = quoted.group(1)
            elif part == '*arcs' and line.strip():
                a, b = line.split()[:2]
                if a != b:
                    owns[a].add(b)
    names = collections.Counter(label.values())
    unique = [number for number in owns if names[label.get(number)] == 1 and '&' not in label[number]]
    for start in sorted(unique, key=lambda number: (-len(owns[number]), number))[:6]:
        found = ask('layers', '--ties', 'tie', '--of', label[start], data('eva', 'eva.net.gz'))['coverage']
        wanted = list(rows_behind(start, owns))[:3]
        for row in found:
            layer = wanted[row['layer'] - 1] if row['layer'] <= len(wanted) else set()
            expect(row['known'] == len(layer), 'eva: %s: row %d' % (label[start], row['layer']), row['known'], len(layer))
            expect(row['with_customers'] == sum(bool(owns[node]) for node in layer), 'eva: %s: with customers' % label[start])


def chips(folder):
    """What goes into what: every start at once, and the parts that pass along by the providers' shares."""
    goes_into, rows = collections.defaultdict(set), []
    with open(data('chip_supply', 'sequence.csv'), encoding='utf-8-sig', newline='') as file:
        for row in csv.DictReader(file):
            if row['goes_into_id']:
                goes_into[row['input_id']].add(row['goes_into_id'])
                rows.append((row['input_id'], row['goes_into_id']))
    table = write(folder, 'chips.csv', ('supplier', 'customer'), rows)
    starts = write(folder, 'starts.csv', ('firm',), [(node,) for node in sorted(goes_into)])
    found = {(row['firm'], row['layer']): row for row in ask('layers', '--firms', starts, '--depth', '4', table)['firms']}
    for start in sorted(goes_into):
        wanted = list(rows_behind(start, goes_into))
        for layer in range(1, 5):
            row = found[(start, layer)]
            expect(row['known'] == (len(wanted[layer - 1]) if layer <= len(wanted) else 0), 'chips: %s' % start, row)

    share, provides = {}, collections.defaultdict(dict)
    with open(data('chip_supply', 'provision.csv'), encoding='utf-8-sig', newline='') as file:
        for row in csv.DictReader(file):
            number = row['share_provided'].rstrip('%')
            if re.fullmatch(r'[0-9.]+', number):
                share[(row['provider_id'], row['provided_id'])] = float(number)
                provides[row['provider_id']][row['provided_id']] = float(number)
    table = write(folder, 'shares.csv', ('supplier', 'customer', 'amount'),
                  [(*pair, '%g' % amount) for pair, amount in share.items()])
    start = max(provides, key=lambda node: (len(provides[node]), node))
    total = sum(provides[start].values())
    for row in ask('layers', '--of', start, table)['layers']:
        expect(close(row['part'], provides[start][row['node']] / total), 'chips: part', row)


def jazz(folder):
    """Heckathorn & Jeffri 2001: waves of recruits, the largest chain, and the mean distance of two people in each."""
    owner, rows, musicians = {}, [], []
    with open(data('nyjazz', 'nyjazz.csv'), encoding='utf-8', newline='') as file:
        musicians = list(csv.DictReader(file))
    for one in musicians:
        for number in range(1, 8):
            if one['coupon.%d' % number] != 'NA':
                owner[one['coupon.%d' % number]] = one['id']
    for one in musicians:
        if one['own.coupon'] in owner:
            rows.append((owner[one['own.coupon']], one['id']))
    found = ask('referrals', '--top', '100', write(folder, 'jazz.csv', ('referrer', 'referred'), rows))
    expect(len(found['referrals']) == 251, 'jazz: referrals', len(found['referrals']))
    waves = [row['people'] for row in found['generations']]
    expect(waves[1:] == [32, 49, 41, 36, 30, 24, 15, 9, 8, 6, 1], 'jazz: recruits per wave', waves)
    expect(waves[0] == 8, 'jazz: roots with recruits', waves)
    sizes = [row['people'] for row in found['trees']]
    expect(sizes == [125, 54, 27, 19, 12, 10, 7, 5], 'jazz: chains', sizes)
    expect(close(found['trees'][0]['virality'], 7.736258064516129), 'jazz: virality', found['trees'][0])
    for tree in found['trees'][:5]:
        near = collections.defaultdict(set)
        for a, b in rows:
            near[a].add(b)
            near[b].add(a)
        people, total = {tree['root']}, 0
        for row in rows_behind(tree['root'], near):
            people |= row
        for one in people:
            total += sum(distance * len(row) for distance, row in enumerate(rows_behind(one, near), 1))
        expect(close(tree['virality'], total / len(people) / (len(people) - 1)), 'jazz: virality', tree)
    for first, second in zip(found['generations'], found['generations'][1:]):
        expect(close(first['ratio'], second['people'] / first['people']), 'jazz: branching ratio', first)


def bitcoin(folder):
    """Ratings of trust as gifts, of mistrust as asks: who did which first, what came back, how much of it."""
    gifts, asks, rows = collections.defaultdict(list), collections.defaultdict(list), []
    with gzip.open(data('bitcoin_alpha', 'soc-sign-bitcoinalpha.csv.gz'), 'rt') as file:
        for a, b, rating, when in csv.reader(file):
            if not rating.lstrip('-').isdigit() or a == b:
                continue
            day = int(float(when)) // 86400
            (gifts if int(rating) > 0 else asks)[(a, b)].append(day)
            date = datetime.date.fromordinal(719163 + day).isoformat()
            # An ask of a to b is written down as a contribution that b was asked for.
            rows.append((a, b, 'contributed', date, '') if int(rating) > 0 else (b, a, 'contributed', date, 'asked'))
    table = write(folder, 'trust.csv', ('from', 'to', 'kind', 'date', 'status'), rows)
    found = ask('contributions', '--everybody', '--top', '1000000', table)
    expect(len(found['contributions']) == len(set(gifts) | set(asks)), 'bitcoin: pairs', len(found['contributions']))
    orders = collections.Counter()
    for row in found['contributions']:
        pair = (row['from'], row['person'])
        gave, asked = gifts.get(pair, []), asks.get(pair, [])
        order = ('nothing asked' if not asked else 'asked first' if not gave or min(asked) < min(gave) else
                 'gave first' if min(gave) < min(asked) else 'unknown')
        orders[order] += 1
        expect(row['order'] == order, 'bitcoin: order', row, order)
        expect((row['given'], row['asked'], row['received']) == (len(gave), len(asked), len(gifts.get(pair[::-1], []))),
               'bitcoin: counts', row)
        lead = min(asked) - min(gave) if gave and asked else 0
        expect(row['lead_days'] == (lead or None), 'bitcoin: lead', row)
    expect(orders['nothing asked'] > 1000 and orders['asked first'] > 1000, 'bitcoin: orders', orders)
    returned = sum(min(len(days), len(gifts.get((b, a), []))) for (a, b), days in gifts.items())
    expect(close(found['summary'][3]['value'], returned / sum(map(len, gifts.values()))), 'bitcoin: reciprocity')


def read_physicians():
    """Whom each physician talks to, either way, and in which month a drug was first prescribed."""
    near, month = collections.defaultdict(set), {}
    with open(data('physicians', 'ckm_relations.csv'), encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            if row['source'] != row['target']:
                near[row['source']].add(row['target'])
                near[row['target']].add(row['source'])
    with open(data('physicians', 'ckm_nodes.csv'), encoding='utf-8', newline='') as file:
        month = {row['id']: int(row['adoption_date']) for row in csv.DictReader(file)}
    return near, month


def physicians(folder):
    """Coleman, Katz & Menzel: who is not yet won over, and how many of their contacts are."""
    near, month = read_physicians()
    rows = [(a, b, 'knows', '') for a in near for b in near[a] if int(a) < int(b)]
    rows += [(one, 'customer', 'stage', '%d-%02d-01' % (2001 + (when - 1) // 12, (when - 1) % 12 + 1))
             for one, when in month.items() if when <= 17]
    table = write(folder, 'drug.csv', ('from', 'to', 'kind', 'date'), rows)
    won = {one for one, when in month.items() if when <= 6}
    found = ask('prospects', '--top', '1000', '--as-of', '2001-06-30', table)
    wanted = {one: len(near[one] & won) for one in month if one not in won and near[one] & won}
    expect({row['person']: row['customers'] for row in found['exposure']} == wanted, 'physicians: exposure')
    expect(all(row['contacts'] == len(near[row['person']]) for row in found['exposure']), 'physicians: contacts')
    expect({row['person'] for row in found['prospects']} == {one for one in wanted if wanted[one] > 1},
           'physicians: prospects')
    order = [(-row['customers'], row['rank']) for row in found['prospects']]
    expect(order == sorted(order), 'physicians: equal ties, so the most customers come first')


def allies(folder):
    """Countries and companies that provide to the same stages of chip making, and to what those go into."""
    sells = collections.defaultdict(set)
    with open(data('chip_supply', 'provision.csv'), encoding='utf-8-sig', newline='') as file:
        for row in csv.DictReader(file):
            sells[row['provider_id']].add(row['provided_id'])
    with open(data('chip_supply', 'sequence.csv'), encoding='utf-8-sig', newline='') as file:
        for row in csv.DictReader(file):
            if row['goes_into_id']:
                sells[row['input_id']].add(row['goes_into_id'])
    table = write(folder, 'allies.csv', ('supplier', 'customer'),
                  [(a, b) for a in sorted(sells) for b in sorted(sells[a])])

    def rows(node):
        layers = list(rows_behind(node, sells))[:2]
        return set().union(*layers), layers[1] if len(layers) > 1 else set()
    us = 'P4'
    ours, second = rows(us)
    found = ask('allies', '--of', us, '--top', '10000', table)
    wanted = {}
    for firm in list(sells):
        if firm == us or not sells[firm]:
            continue
        theirs, their_second = rows(firm)
        theirs -= {us}
        if theirs & ours:
            union = (ours - {firm}) | theirs
            wanted[firm] = (len(theirs & ours), len(second & their_second), len(theirs - ours),
                            len(theirs & ours) / len(union))
    expect(set(wanted) == {row['firm'] for row in found['allies']}, 'allies: who')
    for row in found['allies']:
        shared, seconds, new, jaccard = wanted[row['firm']]
        expect((row['shared'], row['shared_second'], row['new']) == (shared, seconds, new), 'allies: counts', row)
        expect(close(row['jaccard'], jaccard), 'allies: jaccard', row, jaccard)
    missing = set().union(*(rows(firm)[0] for firm in list(sells) if firm != us)) - ours - {us}
    expect(found['cover'][-1]['reached'] == found['cover'][-1]['of'] == len(missing), 'allies: cover', len(missing))
    for row in found['cover']:
        best = max(len(rows(firm)[0] & missing) for firm in list(sells) if firm != us)
        expect(row['adds'] == best == len(rows(row['firm'])[0] & missing), 'allies: greedy', row, best)
        missing -= rows(row['firm'])[0]


def chain_scores(start, ties, hops):
    """The best products of p over chains, by trying all chains of up to so many hops."""
    best, row = collections.defaultdict(float), {start: 1.0}
    for _ in range(hops):
        after = collections.defaultdict(float)
        for node, score in row.items():
            for other in ties[node]:
                if other != start:
                    after[other] = max(after[other], score * ties[node][other])
        for node, score in after.items():
            best[node] = max(best[node], score)
        row = after
    return best


def what_if(folder):
    """A physician is lost: who is within reach, and how well, on the ties that are left."""
    near, _ = read_physicians()
    pairs = [(a, b, 'knows') for a in near for b in near[a] if int(a) < int(b)]
    table = write(folder, 'talk.csv', ('from', 'to', 'kind'), pairs)
    me = max(near, key=lambda node: (len(near[node]), node))
    lost = max(near[me], key=lambda node: (len(near[node]), node))
    found = ask('what-if', '--from', me, '--lose', lost, '--top', '1000', table)
    # Bare ties: W = 1 - exp(-.5 / 12), p = .05 + .85 W.
    p = .05 + .85 * (1 - math.exp(-.5 / 12))
    scores = {}
    for name, without in (('before', None), ('after', lost)):
        ties = {node: {other: p for other in near[node] if without not in (node, other)} for node in near}
        scores[name] = chain_scores(me, ties, 3)
        row = {row['measure']: row[name] for row in found['changes']}
        expect(row['people within reach of a chain of introductions'] == len(scores[name]), 'what-if: reach', row)
        expect(close(row["sum of the best chains' scores"], sum(scores[name].values())), 'what-if: scores', row)
        expect(row['warm ties between any two people'] == sum(map(len, ties.values())) / 2, 'what-if: ties', row)
        people = set(near)
        parts = []
        while people:
            start = people.pop()
            part = {start}.union(*rows_behind(start, ties))
            people -= part
            parts.append(len(part))
        expect(row['people in the largest group'] == max(parts), 'what-if: largest', row, max(parts))
        expect(row['groups of two or more that nothing connects'] == sum(size > 1 for size in parts), 'what-if: parts')
    gone = {node for node in scores['before'] if node not in scores['after']} - {lost}
    expect({row['person'] for row in found['people'] if row['change'] == 'lost'} == gone, 'what-if: lost')


def shares(folder):
    """Who provides how much to chip making: concentration of what each provider sells."""
    sold = collections.defaultdict(dict)
    with open(data('chip_supply', 'provision.csv'), encoding='utf-8-sig', newline='') as file:
        for row in csv.DictReader(file):
            number = row['share_provided'].rstrip('%')
            if re.fullmatch(r'[0-9.]+', number):
                sold[row['provider_id']][row['provided_id']] = float(number)
    table = write(folder, 'sold.csv', ('supplier', 'customer', 'amount'),
                  [(a, b, '%g' % sold[a][b]) for a in sold for b in sold[a]])
    staff = write(folder, 'staff.csv', ('Name', 'Email', 'Company'), [('Pat Lee', 'pat@example.org', 'P1')])
    found = ask('scorecard', '--me', 'Pat Lee', '--quarters', '1', table, staff)['scorecard']
    row = {row['measure']: row for row in found}
    values = sorted(sold['P1'].values(), reverse=True)
    total = sum(values)
    expect(close(row['hhi']['value'], sum((value / total) ** 2 for value in values)), 'shares: hhi', row['hhi'])
    half = next(n for n in range(len(values) + 1) if sum(values[:n]) >= total / 2)
    expect((row['elephants']['count'], row['elephants']['of']) == (half, len(values)), 'shares: elephants', half)
    sellers = {a for a in sold if sold[a]}
    expect((row['second_row']['count'], row['second_row']['of']) ==
           (len(set(sold['P1']) & sellers), len(sold['P1'])), 'shares: second row', row['second_row'])


def meetups(folder):
    """Nashville: who came to which group's events, and whether people of one main group keep to themselves."""
    members, main = collections.defaultdict(set), {}
    with gzip.open(data('nashville_meetup', 'member-to-group-edges.csv.gz'), 'rt', encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            members['g' + row['group_id']].add('m' + row['member_id'])
            heaviest = (int(row['weight']), row['group_id'])
            main['m' + row['member_id']] = max(main.get('m' + row['member_id'], heaviest), heaviest)
    events = sorted(members, key=lambda event: (-len(members[event]), event))[:60]
    rows = [(one, event, 'attended', 'attended') for event in events for one in sorted(members[event])]
    people = sorted({row[0] for row in rows})
    table = write(folder, 'meetups.csv', ('from', 'to', 'kind', 'status'), rows)
    nodes = write(folder, 'people.csv', ('id', 'label', 'kind', 'main'), [(one, one, 'person', main[one][1]) for one in people])
    found = ask('events', '--by', 'main', '--rewirings', '20', table, nodes)['events']
    total = crossing = 0
    for row in found[:-1]:
        here = collections.Counter(main[one][1] for one in members[row['event']])
        pairs = row['people'] * (row['people'] - 1) // 2
        apart = pairs - sum(n * (n - 1) // 2 for n in here.values())
        expect(row['people'] == len(members[row['event']]), 'meetups: people', row)
        expect(close(row['mixing'], apart / pairs), 'meetups: mixing', row, apart / pairs)
        expect(row['mixing'] < row['mixing_expected'], 'meetups: people of a group are with their own', row)
        total, crossing = total + pairs, crossing + apart
    expect(close(found[-1]['mixing'], crossing / total), 'meetups: all', found[-1])


def adoption(folder):
    """The physicians' months as a journey from aware to prescribing: the curve counted month by month."""
    _, month = read_physicians()
    seen = {one: when for one, when in month.items() if when <= 18}
    first = datetime.date(2001, 1, 1)
    rows = [(one, 'aware', 'stage', first.isoformat()) for one in seen]
    day = {one: first + datetime.timedelta(days=30 * when) for one, when in seen.items()}
    rows += [(one, 'customer', 'stage', day[one].isoformat()) for one in seen if seen[one] <= 17]
    # Half of them are seen again after the drug was given up: a step back.
    back = [one for one in sorted(seen, key=int) if seen[one] <= 8][::2]
    rows += [(one, 'aware', 'stage', (day[one] + datetime.timedelta(days=40)).isoformat()) for one in back]
    table = write(folder, 'months.csv', ('from', 'to', 'kind', 'date'), rows)
    found = ask('journey', '--top', '1000', '--as-of', (first + datetime.timedelta(days=30 * 17)).isoformat(), table)
    stage = {row['stage']: row for row in found['stages']}
    moves = {(row['from'], row['to']): row for row in found['transitions']}
    took = sum(when <= 17 for when in seen.values())
    expect(stage['aware']['entered'] == len(seen) + len(back), 'adoption: entered', stage['aware'])
    expect(stage['aware']['here'] == len(seen) - took + len(back), 'adoption: here', stage['aware'])
    expect(moves[('aware', 'customer')]['count'] == took and moves[('aware', 'customer')]['share'] == 1, 'adoption: moves')
    expect(moves[('customer', 'aware')]['count'] == len(back), 'adoption: back', moves)
    # Kaplan-Meier over all waits: those of the first round, and of who is back.
    end = 30 * 17
    waits = [(30 * when, True) if when <= 17 else (end, False) for when in seen.values()]
    waits += [(end - 30 * seen[one] - 40, False) for one in back]
    waiting, median = 1.0, None
    for days in sorted({days for days, happened in waits if happened}):
        at_risk = sum(other >= days for other, _ in waits)
        waiting *= 1 - sum(other == days and happened for other, happened in waits) / at_risk
        if median is None and waiting <= .5:
            median = days
    expect(stage['aware']['median_days'] == median, 'adoption: median', stage['aware'], median)
    ended = sorted(30 * when for when in seen.values() if when <= 17)
    place = .9 * (len(ended) - 1)
    low = int(place)
    limit = ended[low] + (place - low) * (ended[min(low + 1, len(ended) - 1)] - ended[low])
    expect(close(stage['aware']['limit_days'], limit), 'adoption: limit', stage['aware'], limit)
    stalled = {one for one, when in seen.items() if when > 17 and end > limit}
    expect({row['who'] for row in found['stalls'] if row['stage'] == 'aware'} >= stalled, 'adoption: stalls')
    for stage_name in stage:
        shares = [row['share'] for row in found['transitions'] if row['from'] == stage_name]
        expect(not shares or close(sum(shares), 1), 'adoption: rows of transitions add up', shares)


def main():
    if not os.path.isdir(DATA):
        print('no shared data sets beside the source: skipped')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        eva()
        chips(folder)
        jazz(folder)
        bitcoin(folder)
        physicians(folder)
        allies(folder)
        what_if(folder)
        adoption(folder)
        meetups(folder)
        shares(folder)
    print('%d faults' % len(faults))
    return 1 if faults else 0


if __name__ == '__main__':
    KITH = sys.argv[1]
    sys.exit(main())
