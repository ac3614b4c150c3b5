// SPDX-License-Identifier: GPL-3.0-or-later
// tables.ts - tables that sort, filter and copy. The rows are those that C wrote; rows that waited
// folded away join them, so that sorting and filtering see all rows of the page.
import { copyButton, count, fold, make, say } from './dom';

const FIRST_ROWS = matchMedia('(max-width: 40rem)').matches ? 5 : 10; // before the fold
const WORTH_FILTERING = 9;

interface Column {
    name: string;
    index: number;
    header: HTMLTableCellElement;
    number: boolean;
}

interface View {
    table: HTMLTableElement;
    body: HTMLTableSectionElement;
    rows: HTMLTableRowElement[]; // in the order shown
    written: HTMLTableRowElement[]; // in the order written
    columns: Column[];
    sorted: number; // column, -1 as written
    down: boolean;
    wanted: string;
    all: boolean;
    more?: HTMLButtonElement;
    choice?: HTMLSelectElement;
}

function textOf(cell: Element | undefined): string {
    return cell?.textContent?.trim() ?? '';
}

/** What a cell sorts by: its full number, its date, or its folded text; null when not known. */
function keyOf(cell: HTMLTableCellElement | undefined, number: boolean): number | string | null {
    const data = cell?.querySelector('data, time');
    const value = data?.getAttribute('value') ?? data?.getAttribute('datetime') ?? textOf(cell);
    if (value === '' || value === '–')
        return null;
    if (!number)
        return fold(value);
    const parsed = Number(value.replaceAll(',', ''));
    return Number.isNaN(parsed) ? fold(value) : parsed;
}

function compare(a: number | string | null, b: number | string | null, down: boolean): number {
    if (a === null || b === null)
        return Number(a === null) - Number(b === null); // what is not known comes last either way
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
    return down ? -order : order;
}

function sortRows(view: View): void {
    const column = view.columns[view.sorted];
    view.rows = [...view.written];
    if (column) {
        const keys = new Map(view.rows.map(row => [row, keyOf(row.cells[column.index], column.number)]));
        view.rows.sort((a, b) => compare(keys.get(a)!, keys.get(b)!, view.down));
    }
    view.body.append(...view.rows);
    for (const other of view.columns)
        if (other === column)
            other.header.setAttribute('aria-sort', view.down ? 'descending' : 'ascending');
        else
            other.header.removeAttribute('aria-sort');
}

/** Shows the rows that match; of many only the first, until all are asked for. @return how many match */
function show(view: View): number {
    let shown = 0;
    for (const row of view.rows) {
        const fits = view.wanted === '' || fold(row.textContent ?? '').includes(view.wanted);
        shown += Number(fits);
        row.hidden = !fits || (!view.all && view.wanted === '' && shown > FIRST_ROWS);
    }
    if (view.more) {
        view.more.hidden = view.wanted !== '';
        view.more.textContent = view.all ? `Show the first ${FIRST_ROWS} rows` : `Show all ${view.rows.length} rows`;
    }
    return shown;
}

function sortBy(view: View, column: number, down: boolean): void {
    view.sorted = column;
    view.down = down;
    sortRows(view);
    show(view);
    if (view.choice)
        view.choice.value = column < 0 ? '' : `${column} ${down ? 'down' : 'up'}`;
    const name = view.columns[column]?.name;
    say(name ? `sorted by ${name}, ${down ? 'largest' : 'smallest'} first` : 'in the order given');
}

/** One press sorts (numbers from the largest), a second turns it round, a third restores the order given. */
function headerPressed(view: View, column: Column, index: number): void {
    const first = column.number;
    if (view.sorted !== index)
        sortBy(view, index, first);
    else if (view.down === first)
        sortBy(view, index, !first);
    else
        sortBy(view, -1, false);
}

/** What the columns mean, in their order; folded away below the table. */
function glossOf(table: HTMLTableElement): string[] {
    let below = table.closest('.box')?.nextElementSibling;
    while (below && !below.matches('.gloss, .box'))
        below = below.nextElementSibling;
    return below?.matches('.gloss') ? [...below.querySelectorAll('dd')].map(textOf) : [];
}

function addHeaders(view: View): void {
    const gloss = glossOf(view.table);
    view.columns.forEach((column, index) => {
        const button = make('button', { type: 'button', class: 'sort' });
        button.append(...column.header.childNodes);
        if (gloss[index])
            button.title = gloss[index];
        column.header.append(button);
        button.addEventListener('click', () => headerPressed(view, column, index));
    });
}

/** A phone shows rows as cards without their header: there one sorts by a list. */
function addChoice(view: View, bar: HTMLElement): void {
    const choice = make('select', { 'aria-label': 'Sort by' }, make('option', { value: '' }, 'Sort: as given'));
    view.columns.forEach((column, index) => {
        const [up, down] = column.number ? ['smallest first', 'largest first'] : ['A to Z', 'Z to A'];
        choice.append(make('option', { value: `${index} down` }, `${column.name}, ${down}`),
            make('option', { value: `${index} up` }, `${column.name}, ${up}`));
    });
    choice.addEventListener('change', () => {
        const [column, way] = choice.value.split(' ');
        sortBy(view, column ? Number(column) : -1, way === 'down');
    });
    view.choice = choice;
    bar.append(choice);
}

function addFilter(view: View, bar: HTMLElement, title: string): void {
    const input = make('input', { type: 'search', placeholder: 'Filter rows', 'aria-label': `Filter ${title}` });
    input.addEventListener('input', () => {
        view.wanted = fold(input.value.trim());
        say(`${count(show(view), 'row', 'rows')} shown`);
    });
    bar.append(input);
}

/** Rows as tab-separated text, for a spreadsheet: full numbers, ISO dates, chains with arrows. */
function asText(view: View): string {
    const cell = (from: HTMLTableCellElement | undefined): string => {
        const links = [...(from?.querySelectorAll('.chain li > span') ?? [])];
        const data = from?.querySelector('data, time');
        const text = links.length > 0 ? links.map(textOf).join(' → ')
            : data?.getAttribute('value') ?? data?.getAttribute('datetime') ?? textOf(from);
        return text === '–' ? '' : text.replace(/\s+/g, ' ');
    };
    const lines = view.rows.filter(row => !row.hidden || view.all || view.wanted === '')
        .map(row => view.columns.map(column => cell(row.cells[column.index])).join('\t'));
    return [view.columns.map(column => column.name).join('\t'), ...lines].join('\n') + '\n';
}

/** Takes the rows that wait folded away below the table into it. */
function takeRest(view: View): void {
    const rest = view.table.closest('.box')?.nextElementSibling;
    if (!rest?.matches('details.rest'))
        return;
    view.written.push(...rest.querySelectorAll<HTMLTableRowElement>('tbody tr'));
    view.rows = [...view.written];
    view.body.append(...view.rows);
    rest.remove();
    addMore(view);
}

function addMore(view: View): void {
    const button = make('button', { type: 'button', class: 'quiet more' });
    button.addEventListener('click', () => { view.all = !view.all; show(view); });
    view.table.closest('.box')!.after(button);
    view.more = button;
}

function tidyCaption(view: View): string {
    const small = view.table.caption?.querySelector('small');
    if (small)
        small.textContent = count(view.rows.length, 'row', 'rows');
    return view.table.caption?.firstChild?.textContent?.trim() ?? 'table';
}

/** On a phone a wide table is a stack of cards; there its roles keep it a table for a screen reader. */
function asCards(table: HTMLTableElement): void {
    const names = [...table.tHead!.rows[0].cells].map(textOf);
    table.setAttribute('role', 'table');
    for (const part of [table.tHead!, ...table.tBodies])
        part.setAttribute('role', 'rowgroup');
    for (const row of table.rows) {
        row.setAttribute('role', 'row');
        [...row.cells].forEach((cell, i) => {
            const header = cell.tagName === 'TH';
            cell.setAttribute('role', row.parentElement === table.tHead ? 'columnheader' : header ? 'rowheader' : 'cell');
            cell.dataset.label = names[i];
        });
    }
}

const folded = new Set<HTMLTableElement>();

function unfolded(table: HTMLTableElement): void {
    if (folded.delete(table))
        livenNow(table);
}

/** Makes a table of the report sort, filter and copy; one that is folded away, once it is opened. */
export function liven(table: HTMLTableElement): void {
    const fold = table.closest<HTMLDetailsElement>('details.fold:not([open])');
    folded.add(table);
    if (fold)
        fold.addEventListener('toggle', () => unfolded(table), { once: true });
    else
        unfolded(table);
}

/** For paper all are opened, at once: there is no time to wait for their folds to say so. */
export function livenAll(): void {
    for (const table of [...folded])
        unfolded(table);
}

function livenNow(table: HTMLTableElement): void {
    const body = table.tBodies[0];
    if (!body || !table.tHead || table.closest('details.rest'))
        return;
    const headers = [...table.tHead.rows[0].cells];
    const view: View = {
        table, body, rows: [...body.rows], written: [...body.rows], sorted: -1, down: false, wanted: '', all: false,
        columns: headers.map((header, index) => ({
            name: textOf(header), index, header, number: header.classList.contains('n'),
        })),
    };
    takeRest(view);
    if (table.classList.contains('wide'))
        asCards(table);
    for (const data of body.querySelectorAll<HTMLDataElement>('data'))
        data.title = data.value;
    if (view.rows.length < 2)
        return;
    const bar = make('div', { class: 'bar-of-tools' });
    const title = tidyCaption(view);
    if (view.rows.length > FIRST_ROWS && !view.more)
        addMore(view);
    addHeaders(view);
    if (view.rows.length >= WORTH_FILTERING)
        addFilter(view, bar, title);
    if (view.rows.length > 2)
        addChoice(view, bar);
    bar.append(copyButton('Copy table', () => asText(view)));
    table.closest('.box')!.before(bar);
    show(view);
}
