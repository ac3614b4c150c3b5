// SPDX-License-Identifier: GPL-3.0-or-later
// run.mjs KITH - the report in Chromium: at two widths, light and dark, without scripts, on paper, by
// keyboard; its chains against those of the command; names that would like to be markup.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'];
const PAIRS = 200;
const MOST_BYTES = 400000;

function skip(why) {
    console.log(`browser: skipped: ${why}`);
    process.exit(77);
}

if (!existsSync('node_modules/playwright-core') || !existsSync('node_modules/axe-core'))
    skip('the packages of package-lock.json are not installed (npm ci)');
if (!CHROMIUM)
    skip('there is no Chromium');
const { chromium } = await import('playwright-core');
const { build } = await import('esbuild');
const { accessible, expect, faults, fits, open, tabs } = await import('./checks.mjs');
const { AS_OF, HOSTILE, Town } = await import('./town.mjs');

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
            if ((width < 500) === (colorScheme === 'dark')) // each width and each scheme once: axe is slow
                await accessible(page, `${name} with a person`);
            await close();
        }
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
    expect(pdf.startsWith('%PDF') && sheets >= 4 && sheets < 60, `${name}: ${sheets} sheets of paper`);
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ['nav', '.bar-of-tools', '.explore'].filter(what =>
        document.querySelector(what)?.checkVisibility()));
    expect(seen.length === 0, `${name}: on paper there is ${seen}`);
    expect(await page.evaluate(() => [...document.querySelectorAll('details')].every(part => part.open)),
        `${name}: something stays folded on paper`);
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

/** How many pixels of the live map are not its background. */
async function inked(page) {
    const picture = (await page.locator('.live-map').screenshot()).toString('base64');
    return page.evaluate(async text => {
        const image = new Image();
        image.src = `data:image/png;base64,${text}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const at = 4 * (20 * canvas.width + 20); // a corner: nothing is drawn there
        let inked = 0;
        for (let i = 0; i < data.length; i += 4)
            inked += Math.abs(data[i] - data[at]) + Math.abs(data[i + 1] - data[at + 1]) + Math.abs(data[i + 2] - data[at + 2]) > 24;
        return inked;
    }, picture);
}

/** On a light page as well as on a dark one: half-transparent lines once were white on white. */
async function tiesAreSeen(page, name) {
    const ties = page.getByRole('group', { name: 'Ties' }).getByRole('checkbox');
    const before = await inked(page);
    for (const box of await ties.all())
        await box.uncheck();
    const after = await inked(page);
    expect(before > after + 1000, `${name}: ties are not to be seen: ${before} and without them ${after} pixels`);
    for (const box of await ties.all())
        await box.check();
}

async function explore(browser, file) {
    const { page, name, close } = await open(browser, file);
    await page.getByRole('button', { name: 'Explore the map' }).click();
    await page.waitForSelector('.live-map canvas');
    await accessible(page, `${name} exploring`, '#map');
    const note = page.locator('.map-note'), before = await note.textContent();
    await page.locator('.filters summary').click();
    await page.getByRole('checkbox', { name: 'event' }).uncheck();
    expect(await note.textContent() !== before, `${name}: leaving events out changes nothing`);
    await tiesAreSeen(page, name);
    const all = Number((await note.textContent()).match(/^\d+/)[0]);
    await page.getByLabel('Group', { exact: true }).selectOption({ index: 1 });
    const one = Number((await note.textContent()).match(/^\d+/)[0]);
    expect(one > 1 && one < all, `${name}: one group alone shows ${one} of ${all}`);
    await page.getByLabel('Group', { exact: true }).selectOption({ index: 0 });
    await page.getByRole('combobox', { name: 'Find on the map' }).fill('mai ng');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.map-note').textContent.includes('is tied to'));
    await page.locator('.live-map').focus();
    for (const key of ['ArrowLeft', '+', '-', '0', 'Escape'])
        await page.keyboard.press(key);
    expect(await page.locator('.live-map').count() === 0, `${name}: Escape does not leave the map`);
    expect(await page.evaluate(() => document.activeElement.classList.contains('explore')), `${name}: the focus is lost`);
    await close();
}

async function crowd(browser, file) {
    const { page, name, close } = await open(browser, file);
    await page.getByRole('button', { name: 'Explore the map' }).click();
    await page.waitForSelector('.live-map canvas');
    const shown = async () => Number((await page.locator('.map-note').textContent()).match(/^(\d+) shown/)?.[1]);
    const closed = await shown();
    expect(closed > 1 && closed <= 150, `${name}: ${closed} things at first`);
    await page.getByRole('combobox', { name: 'Find on the map' }).fill('p77');
    await page.keyboard.press('Enter');
    await page.locator('.live-map').click({ position: { x: 3, y: 3 } });
    await page.waitForFunction(() => /^\d+ shown/.test(document.querySelector('.map-note').textContent));
    expect(await shown() > closed, `${name}: a group did not open`);
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

/** The chains that the page finds, against those of the command: names, score to the last bit, weakest hop. */
async function chains(browser, file, town) {
    const { page, close } = await open(browser, file);
    const code = (await build({
        stdin: {
            contents: "export { chainsTo } from './person'", resolveDir: 'reports/html/page', loader: 'ts',
        },
        bundle: true, write: false, format: 'iife', globalName: 'underTest',
    })).outputFiles[0].text;
    await page.evaluate(`${code}; window.underTest = underTest`);
    const people = await page.evaluate(async () => {
        const data = await window.kithPage;
        const of = kinds => data.ids.filter((_, node) => kinds.includes(data.kind[node]));
        return { from: of([0]), to: of([0, 0, 1]) };
    });
    let seed = 7;
    const draw = list => { seed = (seed * 48271) % 2147483647; return list[seed % list.length]; };
    const pairs = Array.from({ length: PAIRS }, () => [draw(people.from), draw(people.to)]).filter(([from, to]) => from !== to);
    const own = await page.evaluate(async list => {
        const data = await window.kithPage;
        return list.map(([from, to]) => window.underTest.chainsTo(data, data.ids.indexOf(from), data.ids.indexOf(to), 3)
            .map(chain => ({ people: chain.node.map(node => data.names[node]), score: chain.score, weakest: chain.weakest })));
    }, pairs);
    let found = 0;
    for (let start = 0; start < pairs.length; start += 4)
        await Promise.all(pairs.slice(start, start + 4).map(async ([from, to], i) => {
            const answer = await town.ask('intro', '--from', from, '--to', to, ...AS_OF, '-q', town.book);
            if (!answer)
                return; // works there already
            const said = answer.tables.paths.map(({ people: names, score, weakest }) => ({ people: names, score, weakest }));
            found += said.length;
            expect(JSON.stringify(said) === JSON.stringify(own[start + i]),
                `${from} to ${to}: ${JSON.stringify(said[0])} and in the page ${JSON.stringify(own[start + i][0])}`);
        }));
    expect(found > PAIRS, `only ${found} chains between ${pairs.length} pairs`);
    console.log(`${found} chains between ${pairs.length} pairs are the same in the page`);
    await close();
}

const folder = mkdtempSync(join(tmpdir(), 'kith-browser-'));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
    const town = new Town(process.argv[2], folder);
    const tidewell = town.tidewell();
    const bytes = statSync(tidewell).size;
    expect(bytes < MOST_BYTES, `the page of Tidewell has ${bytes} bytes, more than ${MOST_BYTES}`);
    console.log(`the page of Tidewell has ${bytes} bytes`);
    await looks(browser, tidewell);
    await withoutScripts(browser, tidewell);
    await onPaper(browser, tidewell);
    await tables(browser, tidewell);
    await keyboard(browser, tidewell);
    await explore(browser, tidewell);
    await crowd(browser, town.crowd());
    await hostile(browser, town.hostile());
    await policy(browser, tidewell);
    await chains(browser, tidewell, town);
} finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
}
console.log(faults.length === 0 ? 'the page holds' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
