// SPDX-License-Identifier: GPL-3.0-or-later
// main.ts - what the page does once it stands: tables that sort, filter and copy, and questions to it.
import { askable } from './ask';
import { read } from './data';
import { explorable } from './explore';
import { liven, livenAll } from './tables';

/** The page can be read before its data are: it is drawn first, or soon, where nobody looks. */
function drawn(): Promise<void> {
    return new Promise(resolve => {
        requestAnimationFrame(() => { setTimeout(resolve); });
        setTimeout(resolve, 250);
    });
}

async function start(): Promise<void> {
    document.documentElement.classList.add('live');
    window.addEventListener('beforeprint', () => {
        for (const details of document.querySelectorAll('details'))
            details.open = true;
        livenAll();
    });
    await drawn();
    window.kithPage = 'DecompressionStream' in window ? read() : Promise.resolve(undefined);
    const page = await window.kithPage;
    if (page)
        askable(page);
    for (const table of document.querySelectorAll<HTMLTableElement>('main > section table'))
        liven(table);
    if (page)
        explorable(page);
    document.documentElement.classList.add('ready');
}

void start();
