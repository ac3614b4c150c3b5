// SPDX-License-Identifier: GPL-3.0-or-later
// ask.ts - questions to the page itself: find a person or firm, see the ways in, and what hangs on them.
import { type Choice, combobox } from './combobox';
import { KIND_WORDS, ORGANISATION, PERSON, type Page } from './data';
import { make, say } from './dom';
import { show } from './person';

interface Ask {
    page: Page;
    who: Choice;
    asks: Choice;
    steps: HTMLSelectElement;
    result: HTMLElement;
}

function firmOf(page: Page): string[] {
    const note = page.names.map((_, node) => KIND_WORDS[page.kind[node]]);
    for (const [firm, person] of page.jobs)
        note[person] = page.names[firm];
    return note;
}

function answer(ask: Ask, focus: boolean): void {
    const who = ask.who.value();
    if (who < 0)
        return;
    const card = show(ask.page, who, ask.asks.value(), Number(ask.steps.value));
    ask.result.replaceChildren(card);
    say(`showing ${ask.page.names[who]}`);
    document.dispatchEvent(new CustomEvent('kith:person', { detail: who }));
    if (focus) {
        card.focus({ preventScroll: true });
        ask.result.parentElement!.scrollIntoView({ block: 'start' });
    }
}

/** Opens the person that the address names: "#person=dana-reyes". */
function follow(ask: Ask, focus: boolean): void {
    const found = /^#person=(.*)$/.exec(location.hash);
    const who = found ? ask.page.ids.indexOf(decodeURIComponent(found[1])) : -1;
    if (who < 0)
        return;
    ask.who.set(who);
    answer(ask, focus);
}

function stepsChoice(): HTMLSelectElement {
    return make('select', { id: 'ask-steps' },
        ...[1, 2, 3, 4].map(n => make('option', { value: n, selected: n === 3 }, n === 1 ? '1 step' : `${n} steps`)));
}

function build(page: Page): Ask {
    const all = page.names.map((_, node) => node);
    const note = firmOf(page);
    const people = all.filter(node => page.kind[node] === PERSON);
    const anybody = all.filter(node => page.kind[node] === PERSON || page.kind[node] === ORGANISATION);
    const ask: Ask = {
        page, steps: stepsChoice(), result: make('div', { class: 'result' }),
        who: combobox('Introduce me to, or tell me about', anybody, page.names, node => note[node], node => {
            history.replaceState(null, '', `#person=${encodeURIComponent(page.ids[node])}`);
            answer(ask, false);
        }),
        asks: combobox('Who asks', people, page.names, node => note[node], () => answer(ask, false)),
    };
    ask.asks.set(page.owner);
    ask.steps.addEventListener('change', () => answer(ask, false));
    return ask;
}

function sectionOf(ask: Ask): HTMLElement {
    return make('section', { id: 'ask', class: 'ask', 'aria-labelledby': 'ask-title' },
        make('h2', { id: 'ask-title' }, 'Ask this page'),
        make('p', {}, 'It answers from the data it carries, with the scores of the command; nothing leaves your device.'),
        make('div', { class: 'fields' }, ask.who.element, ask.asks.element,
            make('div', { class: 'choice' }, make('label', { for: 'ask-steps' }, 'In at most'), ask.steps)),
        ask.result);
}

/** Names in the tables lead to their page. */
function linkNames(page: Page): void {
    const byName = new Map<string, number>();
    page.names.forEach((name, node) => byName.set(name, byName.has(name) ? -1 : node));
    for (const element of document.querySelectorAll<HTMLElement>('bdi[data-node], .chain span')) {
        const node = element.dataset.node ? Number(element.dataset.node) : byName.get(element.textContent ?? '') ?? -1;
        if (node < 0 || node >= page.names.length)
            continue;
        const link = make('a', { href: `#person=${encodeURIComponent(page.ids[node])}`, class: 'who' });
        if (element.tagName === 'BDI') {
            element.replaceWith(link);
            link.append(element);
        } else {
            link.append(...element.childNodes);
            element.append(link);
        }
    }
}

/** Puts the questions into the page, behind the answers in short. */
export function askable(page: Page): void {
    const ask = build(page);
    document.querySelector('.brief')!.after(sectionOf(ask));
    document.querySelector('nav ul')?.prepend(make('li', {}, make('a', { href: '#ask' }, 'Ask this page')));
    linkNames(page);
    window.addEventListener('hashchange', () => follow(ask, true));
    follow(ask, true);
}
