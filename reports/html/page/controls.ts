// SPDX-License-Identifier: GPL-3.0-or-later
// controls.ts - the fields beside the live map: find somebody, kinds, ties, group, time.
import { combobox } from './combobox';
import { KIND_WORDS, type Page, UNDATED, dayText } from './data';
import { make } from './dom';
import type { Shown } from './scene';

const MOST_GROUPS = 200;

function boxes(title: string, all: Set<number>, words: (value: number) => string, changed: () => void): HTMLElement {
    const field = make('fieldset', {}, make('legend', {}, title));
    for (const value of [...all].sort((a, b) => a - b)) {
        const input = make('input', { type: 'checkbox', checked: true });
        input.addEventListener('change', () => {
            if (input.checked)
                all.add(value);
            else
                all.delete(value);
            changed();
        });
        field.append(make('label', { class: 'check' }, input, ` ${words(value)}`));
    }
    return field;
}

/** A slider over the days on which anything happened; ties without a date are always drawn. */
function slider(page: Page, shown: Shown, changed: () => void): HTMLElement | undefined {
    const days = page.facts.day.filter(day => day !== UNDATED);
    const first = days.reduce((least, day) => Math.min(least, day), Infinity);
    if (days.length === 0 || first === shown.until)
        return undefined;
    const input = make('input', { type: 'range', id: 'map-until', min: first, max: shown.until, value: shown.until });
    const output = make('output', { for: 'map-until' }, dayText(shown.until));
    input.addEventListener('input', () => {
        shown.until = Number(input.value);
        output.textContent = dayText(shown.until);
        input.setAttribute('aria-valuetext', dayText(shown.until));
        changed();
    });
    return make('div', { class: 'choice' }, make('label', { for: 'map-until' }, 'Ties up to ', output), input);
}

/** One group alone, or all of them. */
function groups(page: Page, shown: Shown, changed: () => void): HTMLElement | undefined {
    if (page.groups.length < 2)
        return undefined;
    const choice = make('select', { id: 'map-group' }, make('option', { value: -1 }, 'all groups'),
        ...page.groups.slice(0, MOST_GROUPS).map((group, i) => make('option', { value: i }, `${group.label} (${group.size})`)));
    choice.addEventListener('change', () => {
        shown.only = Number(choice.value);
        changed();
    });
    return make('div', { class: 'choice' }, make('label', { for: 'map-group' }, 'Group'), choice);
}

export function controls(page: Page, shown: Shown, changed: () => void, find: (node: number) => void): HTMLElement {
    const nodes = Array.from(page.places!.node).sort((a, b) => a - b);
    const finder = combobox('Find on the map', nodes, page.names, node => KIND_WORDS[page.kind[node]], find);
    const filters = make('details', { class: 'filters' }, make('summary', {}, 'Filters'),
        boxes('Show', shown.kinds, kind => KIND_WORDS[kind], changed),
        boxes('Ties', shown.ties, kind => page.tieKinds[kind].replaceAll('_', ' '), changed));
    const bar = make('div', { class: 'fields' }, finder.element);
    const one = groups(page, shown, changed);
    if (one)
        bar.append(one);
    const time = slider(page, shown, changed);
    if (time)
        bar.append(time);
    return make('div', {}, bar, filters);
}
