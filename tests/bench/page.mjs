// SPDX-License-Identifier: GPL-3.0-or-later
// page.mjs BUILD [RUNS] [networker|organiser|business|researcher|5000|50000]… - how soon the report stands, answers and opens its
// map: Tidewell for each reader, 5,000 people with 25,000 ties, 50,000 with 250,000. Medians and the whole range of RUNS runs in
// Chromium, each in a browser context of its own.
//
// first paint    something is on the screen, as the browser's own paint timing has it
// ready          the page's questions answer and its tables sort
// answer         from a name typed to its card standing in the page
// explore        from pressing "Explore the map" to the second frame after the map's canvas stands
// interactive    ready and explore together: the page was opened and its live map can be moved
// longest task   what the main thread did in one piece until the page was ready, and until the map stood
// thread         seconds of processor time of the page's main thread until the map stood
// CPU            of one more run with tracing: the longest task in processor time, which other work on the machine does not lengthen
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'];
const PATIENCE = 300000;
const build = resolve(process.argv[2] ?? 'build'), RUNS = Number(process.argv[3] ?? 7);
const folder = join(build, 'bench');

function kith(...words) {
    const done = spawnSync(join(build, 'src', 'cli', 'kith'), words, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (done.status !== 0)
        throw new Error(`kith ${words.join(' ')}: ${done.status}`);
}

/** People in circles of 200 (of 20 in small towns): four of five ties stay in the circle, the first of each know most. */
function town(people, ties) {
    let state = 1;
    const draw = () => { state = (state * 48271) % 2147483647; return state / 2147483647; };
    const size = people > 10000 ? 200 : 20, seen = new Set(), lines = ['source,target'];
    while (seen.size < ties) {
        const a = Math.floor(draw() * people), near = draw() < 0.8;
        const b = near ? Math.floor(a / size) * size + Math.floor(size * draw() ** 2) : Math.floor(people * draw() ** 2);
        const key = Math.min(a, b) * people + Math.max(a, b);
        if (a === b || b >= people || seen.has(key))
            continue;
        seen.add(key);
        lines.push(`p${a},p${b}`);
    }
    return lines.join('\n') + '\n';
}

function pageOf(people, ties) {
    const page = join(folder, `page-${people}.html`), file = join(folder, `page-${people}.csv`);
    if (!existsSync(file))
        writeFileSync(file, town(people, ties));
    if (!existsSync(page) || statSync(page).mtimeMs < statSync(join(build, 'src', 'cli', 'kith')).mtimeMs)
        kith('report', '-q', '-o', page, '--title', `${people} people`, file);
    return { page, who: 'p77' };
}

const TIDEWELL = ['Connections.csv', 'apple_v3.vcf', 'android_v21_qp.vcf', 'marta_google.ics', 'circle_events.ics',
    'attendance_list.csv', 'attendance_matrix.csv', 'referrals.csv', 'suppliers.csv'].map(name => join('datasets', 'tidewell', name));

function tidewell(reader) {
    const page = join(folder, `page-${reader}.html`);
    kith('report', '-q', '-o', page, '--title', 'Tidewell', '--for', reader, '--me', 'Marta Kowalska', '--to', 'Chloe Dubois',
        '--of', 'Breakwater Logistics', '--as-of', '2024-12-31', ...TIDEWELL);
    return { page, who: 'mai nguyen' };
}

/** Runs in the page before anything else: notes its long tasks and when it was ready. */
function watch() {
    window.tasks = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries())
            window.tasks.push([entry.startTime, entry.duration]);
    }).observe({ type: 'longtask', buffered: true });
    new MutationObserver(() => {
        if (!window.readyAt && document.documentElement?.classList.contains('ready'))
            window.readyAt = performance.now();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
}

/** From a press of the button to the second frame with the map. */
function explore() {
    return new Promise(done => {
        const start = performance.now();
        const look = () => (document.querySelector('.live-map canvas')
            ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))) : requestAnimationFrame(look));
        document.querySelector('.explore').click();
        look();
    });
}

function typeName(who) {
    return new Promise(done => {
        const start = performance.now(), field = document.querySelector('.ask input');
        field.focus();
        field.value = who;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        const look = () => {
            if (document.querySelector('.card'))
                done(performance.now() - start);
            else
                requestAnimationFrame(look);
        };
        setTimeout(() => { field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); look(); });
    });
}

async function run(browser, { page: file, who }, viewport) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(watch);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`file://${file}`, { timeout: PATIENCE });
    await page.waitForSelector('html.ready', { timeout: PATIENCE });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const stood = await page.evaluate(() => ({
        paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, ready: window.readyAt,
    }));
    const longest = () => page.evaluate(() => new Promise(done => setTimeout(() =>
        done(window.tasks.reduce((most, [, lasted]) => Math.max(most, lasted), 0)), 100)));
    const opening = await longest();
    await page.evaluate(() => { window.tasks.length = 0; });
    const explored = await page.evaluate(explore);
    const map = await longest();
    const { metrics } = await devtools.send('Performance.getMetrics');
    const answer = await page.evaluate(typeName, who);
    await context.close();
    return {
        'first paint': stood.paint, ready: stood.ready, answer, explore: explored, interactive: stood.ready + explored,
        'longest task, opening': opening, 'longest task, map': map, thread: 1000 * metrics.find(({ name }) => name === 'TaskDuration').value,
    };
}

/** The longest task of the page's main thread while something happens, in milliseconds of its processor time. */
async function longestOf(browser, page, what) {
    await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
    await what();
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    const own = traceEvents.filter(event => event.name === 'ParseHTML' || event.name === 'EvaluateScript' || event.name === 'FunctionCall')
        .reduce((most, event) => (event.dur > (most?.dur ?? 0) ? event : most), undefined);
    return Math.max(...traceEvents.filter(event => event.ph === 'X' && event.pid === own.pid && event.tid === own.tid
        && /RunTask$/.test(event.name)).map(event => (event.tdur ?? event.dur) / 1000));
}

async function traced(browser, { page: file }, viewport) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const opening = await longestOf(browser, page, async () => {
        await page.goto(`file://${file}`, { timeout: PATIENCE });
        await page.waitForSelector('html.ready');
    });
    const map = await longestOf(browser, page, () => page.evaluate(explore));
    await context.close();
    return [opening, map];
}

function seconds(ms) {
    return (ms / 1000).toFixed(2);
}

async function measure(browser, name, made, viewport) {
    const runs = [];
    for (let i = 0; i < RUNS; i++)
        runs.push(await run(browser, made, viewport));
    const cells = Object.keys(runs[0]).map(what => {
        const values = runs.map(one => one[what]).sort((a, b) => a - b);
        return `${seconds(values[Math.floor(RUNS / 2)])} (${seconds(values[0])}-${seconds(values[RUNS - 1])})`;
    });
    cells.push(...(await traced(browser, made, viewport)).map(seconds));
    if (!measure.headed)
        console.log(`| page | bytes | ${Object.keys(runs[0]).join(' | ')} | CPU, opening | CPU, map |\n|---|---|${'---|'.repeat(cells.length)}`);
    measure.headed = true;
    console.log(`| ${name}, ${viewport.width} px | ${statSync(made.page).size} | ${cells.join(' | ')} |`);
}

mkdirSync(folder, { recursive: true });
const only = process.argv.slice(4);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
const phone = { width: 390, height: 844 }, desk = { width: 1280, height: 900 };
for (const reader of ['networker', 'organiser', 'business', 'researcher'])
    if (only.length === 0 || only.includes(reader))
        await measure(browser, reader, tidewell(reader), phone);
for (const [people, ties] of [[5000, 25000], [50000, 250000]])
    if (only.length === 0 || only.includes(String(people)))
        for (const viewport of [phone, desk])
            await measure(browser, `${people} people, ${ties} ties`, pageOf(people, ties), viewport);
await browser.close();
