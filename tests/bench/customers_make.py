#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""customers_make.py FOLDER PEOPLE FACTS - tables of a made-up town, the same on every run, for customers.sh."""
import csv
import datetime
import os
import random
import sys

FIRMS, EVENTS = 900, 60


def has_mail(i):
    return i % 7 != 3


def main(folder, people, facts):
    rng = random.Random(1)
    firm = [rng.randrange(FIRMS) for _ in range(people)]
    firm[0] = 0

    def day():
        return (datetime.date(2022, 1, 1) + datetime.timedelta(days=rng.randrange(1095))).isoformat()

    def near(one):
        """Mostly somebody close by in number: groups."""
        return (one + rng.randrange(1, 40)) % people if rng.random() < .8 else rng.randrange(people)

    def write(name, header, rows):
        with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='') as file:
            csv.writer(file).writerows([header, *rows])

    write('contacts.csv', ('Name', 'Email', 'Company', 'Phone'),
          [('Person %d' % i, 'p%d@example.org' % i if has_mail(i) else '', 'Firm %d' % firm[i], '+44770090%04d' % i if i % 3 else '')
           for i in range(people)])

    def person(i):
        return 'p%d@example.org' % (i if has_mail(i) else i + 1)
    header = ('from email', 'to email', 'kind', 'date', 'status', 'channel', 'amount')
    share = [('met', .2), ('messaged', .4), ('referred', .06), ('contributed', .06), ('knows', .2)]
    rows = []
    for kind, part in share:
        for _ in range(int(facts * part)):
            a = 0 if rng.random() < .05 else rng.randrange(people - 2)
            b = near(a) % (people - 2)
            if person(a) == person(b):
                continue
            status = {'referred': rng.choice(['closed', 'pending', 'lost'])}.get(kind, '')
            channel = {'messaged': 'email', 'knows': rng.choice(['linkedin', 'addressbook'])}.get(kind, '')
            rows.append((person(a), person(b), kind, day(), status, channel, ''))
    write('facts.csv', header, rows)
    write('attended.csv', ('Event', 'Date', 'Name', 'Email', 'Company', 'Status'),
          [('Event %d' % e, '%04d-%02d-10' % (2022 + e // 20, 1 + e % 12), 'Person %d' % i, person(i), 'Firm %d' % firm[i], 'Present')
           for e in range(EVENTS) for i in sorted(rng.sample([k for k in range(people - 2) if has_mail(k)], 60)) + ([0] if e % 2 else [])])
    write('sales.csv', ('Supplier', 'Customer', 'Amount', 'Currency', 'Date'),
          [('Firm %d' % (0 if rng.random() < .1 else rng.randrange(FIRMS)), 'Firm %d' % rng.randrange(1, FIRMS),
            rng.randrange(100, 9000), 'GBP', day()) for _ in range(int(facts * .05))])
    stages = ['looking', 'trial', 'customer']
    topics = ['what', 'how told', 'when', 'use', 'delivery']
    rows = []
    for i in rng.sample([k for k in range(people - 2) if has_mail(k)], people // 6):
        start = rng.randrange(600)
        for stage in stages[:rng.randrange(1, 4)]:
            rows.append((person(i), stage, 'stage', (datetime.date(2022, 1, 1) + datetime.timedelta(days=start)).isoformat(), '', ''))
            start += rng.randrange(5, 120)
        for topic in rng.sample(topics, 3):
            rows.append((person(i), topic, 'answered', day(), '', rng.choice(['mornings', 'evenings', 'by post', 'by mail'])))
        rows.append((person(i), 'event matching', 'consents', day(), rng.choice(['granted', 'withdrawn']), ''))
    write('topics.csv', ('from', 'to', 'kind', 'date', 'status', 'detail'), rows)


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
