// SPDX-License-Identifier: GPL-3.0-or-later
// map.mjs - the live map: what it shows, leaves out and lights up, by mouse, keyboard and without WebGL.
import { accessible, expect, open } from './checks.mjs';

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

/** Notes the names that are drawn on the map's canvas of labels, with their places, picture by picture. */
function watchLabels() {
    const write = CanvasRenderingContext2D.prototype.fillText, wipe = CanvasRenderingContext2D.prototype.clearRect;
    window.labels = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        if (this.canvas.classList.contains('sigma-labels'))
            window.labels.push({ text, x, y, wide: this.measureText(text).width });
        write.call(this, text, x, y);
    };
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        if (this.canvas.classList.contains('sigma-labels'))
            window.labels = [];
        wipe.apply(this, box);
    };
}

async function labelsAreApart(page, name) {
    const found = await page.evaluate(() => ({ labels: window.labels, wide: document.querySelector('.live-map').clientWidth }));
    const { labels, wide } = found;
    expect(labels.length >= 5, `${name}: only ${labels.length} names on the map`);
    for (const [i, a] of labels.entries()) {
        expect(a.x >= 0 && a.x + a.wide <= wide, `${name}: "${a.text}" runs over the edge of the map`);
        for (const b of labels.slice(0, i))
            expect(a.x + a.wide <= b.x || b.x + b.wide <= a.x || Math.abs(a.y - b.y) >= 13, `${name}: "${a.text}" over "${b.text}"`);
    }
}

const shown = async page => Number((await page.locator('.map-note').textContent()).match(/^\d+/)?.[0]);
const tied = async page => Number((await page.locator('.map-note').textContent()).match(/(\d+) ties/)?.[1]);

async function startMap(browser, file, options) {
    const opened = await open(browser, file, { reducedMotion: 'reduce', ...options }, watchLabels);
    await opened.page.getByRole('button', { name: 'Explore the map' }).click();
    await opened.page.waitForSelector('.live-map canvas');
    return opened;
}

/** The slider leaves out what is later; as many ties stay as the data have dated by then, pair by pair. */
async function slides(page, name) {
    const slider = page.getByRole('slider'), all = await tied(page);
    const day = await slider.evaluate(range => Math.round((Number(range.min) + Number(range.max)) / 2));
    await slider.fill(String(day));
    const expected = await page.evaluate(async until => {
        const data = await window.kithPage, places = new Set(data.places.node), pairs = new Set();
        data.facts.day.forEach((at, i) => {
            const [a, b] = [data.facts.from[i], data.facts.to[i]].sort((x, y) => x - y);
            if (at <= until && a !== b && places.has(a) && places.has(b))
                pairs.add(`${a} ${b}`);
        });
        return pairs.size;
    }, day);
    expect(expected < all && await tied(page) === expected, `${name}: up to day ${day} ${await tied(page)} ties, the data have ${expected} of ${all}`);
    const said = await slider.getAttribute('aria-valuetext');
    expect(said === new Date(day * 86400000).toISOString().slice(0, 10), `${name}: the slider says ${said}`);
    await slider.fill(await slider.getAttribute('max'));
    expect(await tied(page) === all, `${name}: back at the end ${await tied(page)} of ${all} ties`);
}

/** The mouse over somebody, the finder and Enter in the middle: each lights up the neighbours and dims the rest. */
async function neighbours(page, name) {
    const map = page.locator('.live-map'), note = page.locator('.map-note');
    await page.getByRole('combobox', { name: 'Find on the map' }).fill('mai ng');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.map-note').textContent.includes('is tied to'));
    const found = await note.textContent();
    expect(found.startsWith('Mai Nguyễn is tied to '), `${name}: finding says ${found.slice(0, 60)}`);
    const { width, height } = await map.boundingBox();
    await map.click({ position: { x: 3, y: 3 } });
    await page.waitForFunction(() => /^\d+ shown/.test(document.querySelector('.map-note').textContent));
    const before = await inked(page);
    await map.hover({ position: { x: width / 2, y: height / 2 } });
    await page.waitForTimeout(300);
    const over = await inked(page);
    expect(over < 0.8 * before, `${name}: with the mouse on somebody ${over} pixels are inked, ${before} before`);
    await map.hover({ position: { x: 3, y: 3 } });
    await map.focus();
    await page.keyboard.press('Enter');
    expect(await note.textContent() === found, `${name}: Enter says ${(await note.textContent()).slice(0, 60)}`);
}

export async function explore(browser, file) {
    const { page, name, close } = await startMap(browser, file);
    await accessible(page, `${name} exploring`, '#map');
    const all = await shown(page);
    await labelsAreApart(page, name);
    await page.locator('.filters summary').click();
    await page.getByRole('checkbox', { name: 'event' }).uncheck();
    expect(await shown(page) < all, `${name}: leaving events out changes nothing`);
    await page.getByRole('checkbox', { name: 'event' }).check();
    await tiesAreSeen(page, name);
    await page.getByLabel('Group', { exact: true }).selectOption({ index: 1 });
    const one = await shown(page);
    expect(one > 1 && one < all, `${name}: one group alone shows ${one} of ${all}`);
    await page.getByLabel('Group', { exact: true }).selectOption({ index: 0 });
    await slides(page, name);
    await neighbours(page, name);
    for (const key of ['ArrowLeft', '+', '-', '0', 'Escape'])
        await page.keyboard.press(key);
    expect(await page.locator('.live-map').count() === 0, `${name}: Escape does not leave the map`);
    expect(await page.evaluate(() => document.activeElement.classList.contains('explore')), `${name}: the focus is lost`);
    await close();
}

/** On a phone the names stay apart as well. */
export async function phone(browser, file) {
    const { page, name, close } = await startMap(browser, file, { viewport: { width: 390, height: 844 } });
    await labelsAreApart(page, name);
    await close();
}

export async function crowd(browser, file) {
    const { page, name, close } = await startMap(browser, file);
    const closed = await shown(page);
    expect(closed > 1 && closed <= 150, `${name}: ${closed} things at first`);
    await page.getByRole('combobox', { name: 'Find on the map' }).fill('p77');
    await page.keyboard.press('Enter');
    await page.locator('.live-map').click({ position: { x: 3, y: 3 } });
    await page.waitForFunction(() => /^\d+ shown/.test(document.querySelector('.map-note').textContent));
    expect(await shown(page) > closed, `${name}: a group did not open`);
    await close();
}

/** Where a browser draws no WebGL the picture and the table stay, and the page says so. */
export async function withoutWebGL(browser, file) {
    const { page, name, close } = await open(browser, file, {}, () => {
        const context = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.startsWith('webgl') ? null : context.call(this, kind, ...rest);
        };
    });
    await page.getByRole('button', { name: 'Explore the map' }).click();
    await page.getByText('This browser draws no live map').waitFor();
    expect(await page.locator('svg.poster:visible').count() === 1, `${name}: the picture is gone without WebGL`);
    await page.getByText('The map as tables').click();
    const rows = await page.locator('table', { hasText: 'Everything on the map' }).locator('tbody tr').count();
    expect(rows > 50, `${name}: ${rows} rows stand for the map without WebGL`);
    expect(await page.locator('.live-map').count() === 0, `${name}: a live map without WebGL`);
    await close();
}
