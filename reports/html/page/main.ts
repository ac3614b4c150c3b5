// SPDX-License-Identifier: GPL-3.0-or-later
// main.ts - what the page does once it stands: tables that sort, filter and copy.
import { liven } from './tables';

document.documentElement.classList.add('live');
for (const table of document.querySelectorAll<HTMLTableElement>('table'))
    liven(table);
