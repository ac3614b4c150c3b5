// SPDX-License-Identifier: GPL-3.0-or-later
// run.mjs KITH - the report in Chromium: at two widths, light and dark, without scripts, on paper, by
// keyboard; what it answers against what the command does; names that would like to be markup.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'];
const MOST_BYTES = 400000;
const SHEET = 702; // pixels between the margins of A4

function skip(why) {
    console.log(`browser: skipped: ${why}`);
    process.exit(77);
}

if (!existsSync('node_modules/playwright-core') || !existsSync('node_modules/axe-core'))
    skip('the packages of package-lock.json are not installed (npm ci)');
if (!CHROMIUM)
    skip('there is no Chromium');
const { chromium } = await import('playwright-core');
const { accessible, expect, faults, fits, open, tabs } = await import('./checks.mjs');
const { HOSTILE, READERS, Town } = await import('./town.mjs');
const { crowd, explore, phone, withoutWebGL } = await import('./map.mjs');
const { chains, leavers } = await import('./equal.mjs');

async function looks(browser, file) {
    for (const width of [390, 1280])
        for (const colorScheme of ['light', 'dark']) {
            const viewport = { width, height: width < 500 ? 844 : 900 };
            const { page, name, close } = await open(browser, file, { viewport, colorScheme });
            await fits(page, name);
            const shown = await page.locator('svg.poster:visible').count();
            expect(shown === 1, `${name}: ${shown} pictures of the map`);
            await page.evaluate(() => { location.hash = 'person=mai-nguyen'; });
            await page.waitForSelector('.card .chains');
            await fits(page, `${name} with a person`);
            const all = (width < 500) === (colorScheme === 'dark'); // each width and each scheme once: axe is slow
            await accessible(page, `${name} with a person`, undefined, all ? undefined : ['color-contrast', 'target-size']);
            await close();
        }
}

/** The page of each reader: its size, its width on a phone and what axe-core finds. */
async function readers(browser, town) {
    for (const reader of READERS) {
        const file = town.report(reader), bytes = statSync(file).size;
        expect(bytes < MOST_BYTES, `the page for a ${reader} has ${bytes} bytes, more than ${MOST_BYTES}`);
        console.log(`the page of Tidewell for a ${reader} has ${bytes} bytes`);
        const { page, name, close } = await open(browser, file, { viewport: { width: 390, height: 844 } });
        await fits(page, name);
        await page.evaluate(() => { for (const part of document.querySelectorAll('details')) part.open = true; });
        await fits(page, `${name} unfolded`);
        if (reader === 'organiser') // has most of the tables that the first page has not
            await accessible(page, `${name} unfolded`);
        await close();
    }
}

/** Everybody has a page of their own, with each fact the files hold and where it stands. */
async function persons(browser, file) {
    const { page, name, close } = await open(browser, file);
    const bad = await page.evaluate(async () => {
        const data = await window.kithPage, bad = [];
        for (const [node, id] of data.ids.entries()) {
            const moved = new Promise(done => { window.addEventListener('hashchange', done, { once: true }); });
            location.hash = `person=${encodeURIComponent(id)}`;
            await moved;
            const card = document.querySelector('.card'), rows = [...card.querySelectorAll(':scope > details tbody tr')];
            const facts = data.facts.from.reduce((n, from, i) => n + Number(from === node || data.facts.to[i] === node), 0);
            const places = rows.filter(row => data.files.some(from => from !== '' && row.lastChild.textContent.startsWith(from)));
            if (card.querySelector('h3').textContent !== data.names[node] || rows.length !== facts || places.length !== facts)
                bad.push(`${id}: ${rows.length} rows of ${facts} facts, ${places.length} with a place`);
        }
        return bad;
    });
    expect(bad.length === 0, `${name}: ${bad.length} pages of a person fail: ${bad.slice(0, 3).join('; ')}`);
    await close();
}

/** What is copied is the table as a spreadsheet wants it: all columns, all rows, full numbers. */
async function copies(browser, file) {
    const { page, name, close } = await open(browser, file, { permissions: ['clipboard-read', 'clipboard-write'] });
    const box = page.locator('.box', { has: page.locator('caption', { hasText: 'Influencers' }) });
    const bar = page.locator('.bar-of-tools', { has: page.getByLabel('Filter Influencers') });
    await bar.getByRole('button', { name: 'Copy table' }).click();
    await bar.getByRole('button', { name: 'Copied' }).waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n').map(line => line.split('\t'));
    const rows = await box.locator('tbody tr').evaluateAll(all => all.map(row => [...row.cells].map(cell =>
        cell.querySelector('data')?.value ?? (cell.textContent.trim() === '–' ? '' : cell.textContent.trim()))));
    expect(rows.length === 20 && JSON.stringify(lines.slice(1)) === JSON.stringify(rows), `${name}: copied ${JSON.stringify(lines.slice(0, 2))}`);
    expect(lines[0].includes('Person') && lines[1].some(cell => /^\d\.\d{6,}$/.test(cell)), `${name}: copied under ${lines[0]}`);
    await close();
}

async function withoutScripts(browser, file) {
    const { page, name, close } = await open(browser, file, { javaScriptEnabled: false });
    await fits(page, name);
    expect(await page.locator('table').count() > 5, `${name}: tables are missing without scripts`);
    expect(await page.locator('svg.poster:visible').count() === 1, `${name}: the map is missing without scripts`);
    expect(await page.getByText('The warmest way to').isVisible(), `${name}: the answers are missing without scripts`);
    expect(await page.locator('button, input').count() === 0, `${name}: a control that needs a script`);
    await close();
}

async function onPaper(browser, file) {
    const { page, name, close } = await open(browser, file);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    const sheets = Math.max(...[...pdf.matchAll(/\/Count (\d+)/g)].map(match => Number(match[1])));
    expect(pdf.startsWith('%PDF') && sheets >= 4 && sheets < 35, `${name}: ${sheets} sheets of paper`);
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ['nav', '.bar-of-tools', '.explore'].filter(what =>
        document.querySelector(what)?.checkVisibility()));
    expect(seen.length === 0, `${name}: on paper there is ${seen}`);
    expect(await page.evaluate(() => [...document.querySelectorAll('details')].every(part => part.open)),
        `${name}: something stays folded on paper`);
    await page.setViewportSize({ width: SHEET, height: 1000 });
    const cut = await page.evaluate(wide => [...document.querySelectorAll('table')].filter(table =>
        table.checkVisibility() && table.getBoundingClientRect().right > wide + 1).map(table => table.caption.textContent), SHEET);
    expect(cut.length === 0, `${name}: the sheet of paper cuts ${cut.join(', ')}`);
    const rows = await page.evaluate(() => [...document.querySelectorAll('tbody tr')].filter(row => !row.checkVisibility()).length);
    expect(rows === 0, `${name}: ${rows} rows are not on paper`);
    await close();
}

async function tables(browser, file) {
    const { page, name, close } = await open(browser, file);
    const influencers = page.locator('#main table', { has: page.locator('caption', { hasText: 'Influencers' }) });
    const column = () => influencers.locator('tbody tr:visible th').allTextContents();
    const before = await column();
    await influencers.getByRole('button', { name: 'Person' }).click();
    const sorted = await column();
    expect(sorted.length === before.length && sorted[0] !== before[0]
        && [...sorted].sort((a, b) => a.localeCompare(b, 'en')).join() === sorted.join(), `${name}: sorting by name: ${sorted}`);
    expect(await influencers.locator('th[aria-sort=ascending]').count() === 1, `${name}: the sorted column does not say so`);
    await page.getByLabel('Filter Influencers').fill('zoe');
    expect((await column()).join() === 'Zoë Hartnell', `${name}: filtering for zoe: ${await column()}`);
    await close();
}

async function keyboard(browser, file) {
    const { page, name, close } = await open(browser, file);
    await tabs(page, name, 60);
    await page.getByRole('combobox', { name: 'Introduce me to' }).focus();
    await page.keyboard.type('chloe');
    await page.keyboard.press('Enter');
    const card = await page.locator('.card').textContent();
    expect(card.includes('Chloé Dubois') && card.includes('Marta Kowalska'), `${name}: asking by keyboard: ${card.slice(0, 80)}`);
    await page.keyboard.press('Escape');
    await close();
}

async function hostile(browser, file) {
    const { page, name, close } = await open(browser, file);
    await accessible(page, name);
    await page.locator('.explore').click();
    for (const id of await page.evaluate(async () => (await window.kithPage).ids)) {
        await page.evaluate(to => { location.hash = `person=${encodeURIComponent(to)}`; }, id);
        await page.waitForSelector('.card');
    }
    const made = await page.evaluate(() => ({
        hacked: 'hacked' in window, bad: document.querySelectorAll('img, iframe, [onload], [onerror], [onfocus]').length,
        names: document.body.textContent,
    }));
    expect(!made.hacked && made.bad === 0, `${name}: a name became markup`);
    expect(made.names.includes(HOSTILE[0]), `${name}: a name is not shown as it is`);
    expect(!/[\u202a-\u202e\u2066-\u2069]/.test(made.names), `${name}: a name turns the text round`);
    await close();
}

/** What got past the escaping would still have nowhere to go. */
async function policy(browser, file) {
    const page = await browser.newPage();
    await page.goto(`file://${file}`);
    const refused = await page.evaluate(() => new Promise(resolve => {
        document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective));
        const picture = new Image();
        picture.onload = () => resolve('loaded');
        picture.src = 'https://example.org/x.png';
    }));
    expect(refused === 'img-src', `the policy lets a picture in: ${refused}`);
    const ran = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 1';
        document.body.append(script);
        return 'hacked' in window;
    });
    expect(!ran, 'the policy lets a script in');
    await page.close();
}

const folder = mkdtempSync(join(tmpdir(), 'kith-browser-'));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
    const town = new Town(process.argv[2], folder);
    const tidewell = town.tidewell();
    const parts = [
        () => looks(browser, tidewell), () => readers(browser, town), () => withoutScripts(browser, tidewell),
        () => onPaper(browser, town.report('organiser')), () => tables(browser, tidewell), () => copies(browser, tidewell),
        () => keyboard(browser, tidewell), () => persons(browser, tidewell), () => explore(browser, tidewell),
        () => phone(browser, town.davis()), () => withoutWebGL(browser, tidewell), () => crowd(browser, town.crowd()),
        () => hostile(browser, town.hostile()), () => policy(browser, tidewell), () => chains(browser, tidewell, town),
        () => leavers(browser, tidewell, town),
    ];
    for (const part of parts) {
        const start = performance.now();
        await part();
        console.log(`${String(part).match(/\w+(?=\()/)[0]}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
} finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
}
console.log(faults.length === 0 ? 'the page holds' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
