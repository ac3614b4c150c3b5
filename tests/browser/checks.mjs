// SPDX-License-Identifier: GPL-3.0-or-later
// checks.mjs - what holds of any page of the report; faults are collected, not thrown.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = 120000; // a busy machine is no fault of the page
export const faults = [];

export function expect(truth, what) {
    if (!truth)
        faults.push(what);
    if (!truth)
        console.log(`FAULT ${what}`);
}

/** Opens a page and watches it: an error, a message on the console or a request is a fault. `before` runs in it first. */
export async function open(browser, file, options = {}, before = undefined) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    if (before)
        await page.addInitScript(before);
    page.setDefaultTimeout(PATIENCE);
    const name = `${file.replace(/.*\//, '')} ${options.viewport?.width ?? 1280} ${options.colorScheme ?? ''}`;
    page.on('console', message => expect(message.text().startsWith('[.WebGL'), // what software drawing says of itself
        `${name}: console ${message.type()}: ${message.text()}`));
    page.on('pageerror', problem => expect(false, `${name}: ${problem.message}`));
    page.on('dialog', dialog => { expect(false, `${name}: a dialog`); void dialog.dismiss(); });
    page.on('request', request => expect(request.url().startsWith('file:') || request.url().startsWith('blob:'),
        `${name}: asks for ${request.url().slice(0, 100)}`));
    await page.goto(`file://${file}`);
    if (options.javaScriptEnabled !== false)
        await page.waitForSelector('html.ready');
    return { page, name, close: () => context.close() };
}

/** axe-core finds nothing, in the page or in a part of it; all its rules, or some. */
export async function accessible(page, name, part, rules) {
    await page.evaluate(axe);
    const found = await page.evaluate(([within, only]) => window.axe.run(within ?? document,
        { resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) }), [part, rules]);
    for (const violation of found.violations)
        expect(false, `${name}: ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map(node =>
            node.html.slice(0, 120)).join(' | ')}`);
}

export async function fits(page, name) {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over <= 0, `${name}: ${over} px wider than the window`);
}

/** Tab leads through the page in its order, to things that can be seen and have a name. */
export async function tabs(page, name, steps) {
    let last = -1;
    for (let i = 0; i < steps; i++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const element = document.activeElement, box = element.getBoundingClientRect();
            const all = [...document.querySelectorAll('*')];
            return {
                what: element.outerHTML.slice(0, 80), order: all.indexOf(element), seen: box.width > 0 && box.height > 0,
                named: Boolean(element.textContent.trim() || element.getAttribute('aria-label') || element.labels?.length
                    || element.getAttribute('aria-labelledby')),
                index: element.tabIndex,
            };
        });
        expect(at.order > last, `${name}: Tab goes back to ${at.what}`);
        expect(at.seen && at.named && at.index === 0, `${name}: Tab reaches ${at.what}`);
        if (i === 0)
            expect(at.what.includes('class="skip"'), `${name}: the first Tab does not skip to the answers`);
        last = at.order;
    }
}
