// SPDX-License-Identifier: GPL-3.0-or-later
// combobox.ts - a field that finds one of many names: by typing, arrows, Enter and Escape, or touch.
import { fold, make, named } from './dom';

const SHOWN = 8;
let made = 0;

export interface Choice {
    element: HTMLElement;
    input: HTMLInputElement;
    value: () => number;
    set: (node: number) => void;
}

interface Entry { node: number; text: string; note: string; folded: string }

export function combobox(label: string, nodes: number[], names: string[], note: (node: number) => string,
    chosen: (node: number) => void): Choice {
    const id = `choice-${++made}`;
    const input = make('input', {
        type: 'text', id, role: 'combobox', autocomplete: 'off', spellcheck: 'false',
        'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-controls': `${id}-list`,
    });
    const list = make('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': label, hidden: true });
    const element = make('div', { class: 'choice' }, make('label', { for: id }, label), input, list);
    let value = -1, active = -1, shown: Entry[] = [], entries: Entry[] | undefined;

    const close = (): void => {
        list.hidden = true;
        input.setAttribute('aria-expanded', 'false');
        input.removeAttribute('aria-activedescendant');
        active = -1;
    };
    const set = (node: number): void => {
        value = node;
        input.value = node >= 0 ? names[node] : '';
    };
    const choose = (entry: Entry): void => {
        set(entry.node);
        close();
        chosen(entry.node);
    };
    const point = (to: number): void => {
        active = to;
        [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === to)));
        if (to < 0)
            input.removeAttribute('aria-activedescendant');
        else
            input.setAttribute('aria-activedescendant', `${id}-${to}`);
    };
    const open = (): void => {
        const wanted = fold(input.value.trim());
        entries ??= nodes.map(node => ({ node, text: names[node], note: note(node), folded: fold(names[node]) }));
        shown = entries.filter(entry => entry.folded.startsWith(wanted));
        if (shown.length < SHOWN)
            shown.push(...entries.filter(entry => !entry.folded.startsWith(wanted) && entry.folded.includes(wanted)));
        shown = shown.slice(0, SHOWN);
        list.replaceChildren(...shown.map((entry, i) => {
            const item = make('li', { id: `${id}-${i}`, role: 'option', 'aria-selected': 'false' }, named(entry.text),
                make('small', {}, entry.note));
            item.addEventListener('pointerdown', event => event.preventDefault());
            item.addEventListener('click', () => choose(entry));
            return item;
        }));
        if (shown.length === 0)
            list.append(make('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' },
                'nobody of that name'));
        list.hidden = false;
        input.setAttribute('aria-expanded', 'true');
        point(wanted !== '' && shown.length > 0 ? 0 : -1);
    };

    input.addEventListener('input', open);
    input.addEventListener('focus', () => input.select());
    input.addEventListener('click', open);
    input.addEventListener('blur', () => { close(); set(value); });
    input.addEventListener('keydown', event => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step !== 0) {
            event.preventDefault();
            if (list.hidden)
                open();
            else if (shown.length > 0)
                point((active + step + shown.length) % shown.length);
        } else if (event.key === 'Enter' && !list.hidden && active >= 0) {
            event.preventDefault();
            choose(shown[active]);
        } else if (event.key === 'Escape') {
            close();
            set(value);
        }
    });
    return { element, input, value: () => value, set };
}
