// SPDX-License-Identifier: GPL-3.0-or-later
// person.ts - the page of one person or firm: ways in, what hangs on them, whom they know, every fact.
import { type Chain, type Ends, bestChains, hopBetween } from './chains';
import { EVENT, KIND_WORDS, ORGANISATION, PERSON, type Page, UNDATED, dayText, isBlocked, staffOf } from './data';
import { copyButton, count, make, named } from './dom';
import { leaving } from './leave';

const CHAINS = 5;
const KNOWN = 12;
const FACTS = 300;
const NAMED = 5;

export function link(page: Page, node: number): HTMLElement {
    return make('a', { href: `#person=${encodeURIComponent(page.ids[node])}` }, named(page.names[node]));
}

/** "a, b and c", the rest as a number. */
function list(page: Page, nodes: number[]): (Node | string)[] {
    const parts: (Node | string)[] = [];
    nodes.slice(0, NAMED).forEach((node, i) => {
        const last = i === Math.min(nodes.length, NAMED) - 1;
        parts.push(i === 0 ? '' : last && nodes.length <= NAMED ? ' and ' : ', ', link(page, node));
    });
    if (nodes.length > NAMED)
        parts.push(` and ${nodes.length - NAMED} more`);
    return parts;
}

function short(value: number): string {
    return value.toPrecision(2);
}

export function chainText(page: Page, chain: Chain): string {
    const steps = chain.node.slice(1).map((to, i) => {
        const hop = hopBetween(page.hops!, chain.node[i], to);
        const why = page.hops!.evidence?.[hop];
        return `${page.names[chain.node[i]]} to ${page.names[to]}${why ? ` (${why})` : ''}`;
    });
    return `${chain.node.map(node => page.names[node]).join(' → ')}\n${steps.join('\n')}\n`;
}

function showChain(page: Page, chain: Chain): HTMLElement {
    const net = page.hops!;
    const row = make('ol', { class: 'chain' });
    chain.node.forEach((node, i) => {
        const weak = !net.plain && i > 0 && chain.node.length > 2 && chain.weakest === i;
        const item = make('li', weak ? { class: 'weak' } : {});
        if (weak)
            item.append(make('em', {}, 'weakest'), make('i', { 'aria-hidden': 'true' }, '→'));
        item.append(make('span', {}, link(page, node)));
        row.append(item);
    });
    const steps = make('ul', { class: 'steps' });
    chain.p.forEach((p, i) => {
        const from = chain.node[i], to = chain.node[i + 1], hop = hopBetween(net, from, to);
        steps.append(make('li', {}, named(page.names[from]), ' → ', named(page.names[to]),
            ` ${p.toFixed(3)}: ${net.tier?.[hop]}, ${net.state?.[hop]}${net.evidence?.[hop] ? `; ${net.evidence[hop]}` : ''}`));
    });
    const copied = copyButton('Copy', () => chainText(page, chain));
    if (net.plain)
        return make('li', {}, row, make('p', { class: 'aside' }, count(chain.score, 'step', 'steps')), copied);
    const whole = chain.p.reduce((product, p) => product * p, 1), role = chain.score / whole;
    const product = chain.p.map(p => p.toFixed(3)).join(' × ') + (role < 0.9999 ? ` × ${role.toFixed(2)} for the role` : '');
    return make('li', {}, row,
        make('details', {}, make('summary', {}, `why ${short(chain.score)}`), steps,
            make('p', { class: 'aside' }, `${product} = ${chain.score.toFixed(4)}`)),
        copied);
}

export function chainsTo(page: Page, from: number, to: number, maxHops: number): Chain[] {
    const ends: Ends = new Map();
    if (page.kind[to] === ORGANISATION)
        for (const [person, [, , weight, cost]] of staffOf(page, to))
            ends.set(person, { weight, cost });
    else
        ends.set(to, { weight: 1, cost: 0 });
    return bestChains(page.hops!, { from, k: CHAINS, maxHops, ends, blocked: v => isBlocked(page, v) });
}

function introductions(page: Page, from: number, to: number, maxHops: number): HTMLElement {
    const part = make('section', { class: 'part', 'aria-label': 'Introductions' }, make('h4', {}, 'How to be introduced'));
    if (from < 0 || !page.hops)
        part.append(make('p', { class: 'aside' }, 'Say above who asks.'));
    else if (from === to)
        part.append(make('p', { class: 'aside' }, 'This is who asks.'));
    else {
        const chains = chainsTo(page, from, to, maxHops);
        if (chains.length === 0)
            part.append(make('p', {}, 'No chain of introductions of ', count(maxHops, 'step', 'steps'),
                ' or fewer shows in these files.'));
        else
            part.append(make('ol', { class: 'chains' }, ...chains.map(chain => showChain(page, chain))));
    }
    return part;
}

function absence(page: Page, who: number, asks: number): HTMLElement {
    const part = make('section', { class: 'part', 'aria-label': 'What if' });
    part.append(make('h4', {}, 'What if ', named(page.names[who]), ' leaves'));
    if (!page.hops!.plain)
        part.append(make('p', { class: 'aside' }, 'With every other tie as it is; kith what-if reckons them again.'));
    const result = leaving(page, who, asks);
    const say = (...words: (Node | string)[]): void => { part.append(make('p', {}, ...words)); };
    if (result.cutOff.length > 0)
        say(`${count(result.cutOff.length, 'person', 'people')} would no longer be joined to the rest: `,
            ...list(page, result.cutOff), '.');
    else
        say('Nobody would be cut off from the rest.');
    if (asks >= 0 && asks !== who) {
        if (result.lost.length > 0)
            say('No longer within three steps of ', named(page.names[asks]), ': ', ...list(page, result.lost), '.');
        if (result.worse.length > 0) {
            const first = result.worse[0];
            if (page.hops!.plain)
                say(`The shortest way to ${count(result.worse.length, 'person', 'people')} gets longer.`);
            else
                say(`The best way to ${count(result.worse.length, 'person', 'people')} gets colder, most of all to `,
                    link(page, first.node), ` (from ${short(first.before)} to ${short(first.after)}).`);
        } else if (result.lost.length === 0 && !page.hops!.plain)
            say('No way of ', named(page.names[asks]), ' to anybody gets colder.');
    }
    return part;
}

function table(caption: string, heads: string[], rows: (Node | string)[][]): HTMLElement {
    return make('div', { class: 'box', role: 'group', tabindex: '0', 'aria-label': caption },
        make('table', {}, make('caption', {}, caption),
            make('thead', {}, make('tr', {}, ...heads.map(head => make('th', { scope: 'col' }, head)))),
            make('tbody', {}, ...rows.map(row => make('tr', {}, ...row.map((cell, i) =>
                make(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : {}, cell)))))));
}

function knows(page: Page, who: number): HTMLElement | undefined {
    const net = page.hops;
    if (!net || net.plain || net.first[who] === net.first[who + 1])
        return undefined;
    const hops = Array.from({ length: net.first[who + 1] - net.first[who] }, (_, i) => net.first[who] + i);
    hops.sort((a, b) => net.p[b] - net.p[a] || a - b);
    const rows = hops.slice(0, KNOWN).map(hop => [link(page, net.to[hop]), net.tier?.[hop] ?? '', net.state?.[hop] ?? '',
        net.evidence?.[hop] ?? '']);
    const title = hops.length > KNOWN ? `Warmest ${KNOWN} of ${hops.length} ties` : 'Warm ties';
    return table(title, ['Whom', 'Tie', 'State', 'Because'], rows);
}

function facts(page: Page, who: number): HTMLElement {
    const f = page.facts, own: number[] = [];
    for (let i = 0; i < f.kind.length; i++)
        if (f.from[i] === who || f.to[i] === who)
            own.push(i);
    own.sort((a, b) => f.day[b] - f.day[a] || a - b);
    const rows = own.slice(0, FACTS).map(i => {
        const other = f.from[i] === who ? f.to[i] : f.from[i];
        const way = f.from[i] === who ? '' : ' (by them)';
        const where = page.files[f.file[i]] + (f.line[i] > 0 ? `:${f.line[i]}` : '');
        return [f.day[i] === UNDATED ? '–' : dayText(f.day[i]), page.tieKinds[f.kind[i]].replaceAll('_', ' ') + way,
            link(page, other), page.words[f.word[i]], where] as (Node | string)[];
    });
    const details = make('details', {}, make('summary', {}, count(own.length, 'fact', 'facts'), ' in the files'));
    details.append(table('Facts, the latest first', ['When', 'What', 'With', 'Details', 'Where it stands'], rows));
    if (own.length > FACTS)
        details.append(make('p', { class: 'aside' }, `${own.length - FACTS} older facts are left out here.`));
    return details;
}

function about(page: Page, who: number): HTMLElement {
    const line = make('p', { class: 'meta' }, KIND_WORDS[page.kind[who]]);
    const firms = new Set(page.jobs.filter(job => job[1] === who).map(job => job[0]));
    for (const firm of firms)
        line.append(' · works at ', link(page, firm));
    const place = page.places ? page.places.node.indexOf(who) : -1;
    const group = place >= 0 ? page.places!.group[place] : -1;
    if (group >= 0)
        line.append(' · in the group around ', named(page.groups[group].label));
    if (isBlocked(page, who))
        line.append(' · asks not to be introduced');
    return line;
}

/** Everything about one node. @param asks who wants to be introduced, -1 for nobody */
export function show(page: Page, who: number, asks: number, maxHops: number): HTMLElement {
    const card = make('article', { class: 'card', 'aria-labelledby': 'card-name', tabindex: '-1' },
        make('h3', { id: 'card-name' }, named(page.names[who])), about(page, who));
    if (page.hops && page.kind[who] !== EVENT)
        card.append(introductions(page, asks, who, maxHops));
    if (page.hops && page.kind[who] === PERSON)
        card.append(absence(page, who, asks));
    const known = knows(page, who);
    if (known)
        card.append(known);
    if (page.kind[who] === ORGANISATION) {
        const staff = [...staffOf(page, who).keys()].sort((a, b) => a - b);
        if (staff.length > 0)
            card.append(make('p', {}, `${count(staff.length, 'person works', 'people work')} there: `, ...list(page, staff), '.'));
    }
    card.append(facts(page, who));
    return card;
}
