// SPDX-License-Identifier: GPL-3.0-or-later
// dom.ts - elements out of words. Texts go in as text, never as markup.

type Child = Node | string;

/** An element with attributes (false and undefined: left out; true: empty) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
    tag: K, attributes: Record<string, string | number | boolean | undefined> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
        if (value !== false && value !== undefined)
            element.setAttribute(name, value === true ? '' : String(value));
    element.append(...children);
    return element;
}

/** A name, kept apart from the direction of the text around it. */
export function named(name: string): HTMLElement {
    return make('bdi', {}, name);
}

/** Without case and accents, for looking things up: "Zoë" is found by "zoe". */
export function fold(text: string): string {
    return (/^[ -~]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();
}

/** "1 person", "3 people", "1,204 people". */
export function count(n: number, one: string, many: string): string {
    return `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${n === 1 ? one : many}`;
}

/** Lets the browser draw and heed its reader between two pieces of long work. */
export function pause(): Promise<void> {
    return new Promise(resolve => { setTimeout(resolve); });
}

let spoken: HTMLElement | undefined;

/** Tells a screen reader, without moving anything. */
export function say(text: string): void {
    spoken ??= document.body.appendChild(make('div', { class: 'spoken', role: 'status' }));
    spoken.textContent = text;
}

/** Puts a text on the clipboard, also where a page from a file may not ask for it. */
export async function copy(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const area = make('textarea', { class: 'spoken', 'aria-label': 'Text to copy' });
        const before = document.activeElement;
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand('copy');
        area.remove();
        if (before instanceof HTMLElement)
            before.focus();
        return done;
    }
}

/** A button that copies what `text` gives when it is pressed, and says so. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
    const button = make('button', { type: 'button', class: 'quiet' }, label);
    button.addEventListener('click', async () => {
        const done = await copy(text());
        button.textContent = done ? 'Copied' : 'Copying is not allowed here';
        say(button.textContent);
        setTimeout(() => { button.textContent = label; }, 1800);
    });
    return button;
}
