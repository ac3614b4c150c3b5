// SPDX-License-Identifier: GPL-3.0-or-later
// equal.mjs - what the page answers, against what the command answers to the same question.
import { build } from 'esbuild';
import { expect, open } from './checks.mjs';
import { AS_OF } from './town.mjs';

const PAIRS = 200;
const AT_ONCE = 4;

/** The page's own code beside it, so that its answers can be had without clicks. */
async function opened(browser, file) {
    const { page, close } = await open(browser, file);
    const code = (await build({
        stdin: {
            contents: "export { chainsTo } from './person'; export { leaving } from './leave'", resolveDir: 'reports/html/page', loader: 'ts',
        },
        bundle: true, write: false, format: 'iife', globalName: 'underTest',
    })).outputFiles[0].text;
    await page.evaluate(`${code}; window.underTest = underTest`);
    return { page, close };
}

async function inTurn(list, work) {
    for (let start = 0; start < list.length; start += AT_ONCE)
        await Promise.all(list.slice(start, start + AT_ONCE).map((one, i) => work(one, start + i)));
}

/** The chains that the page finds: names, score to the last bit, weakest hop. */
export async function chains(browser, file, town) {
    const { page, close } = await opened(browser, file);
    const people = await page.evaluate(async () => {
        const data = await window.kithPage;
        const of = kinds => data.ids.filter((_, node) => kinds.includes(data.kind[node]));
        return { from: of([0]), to: of([0, 0, 1]) };
    });
    let seed = 7;
    const draw = list => { seed = (seed * 48271) % 2147483647; return list[seed % list.length]; };
    const pairs = Array.from({ length: PAIRS }, () => {
        let from = draw(people.from), to = draw(people.to);
        while (from === to)
            to = draw(people.to);
        return [from, to];
    });
    const own = await page.evaluate(async list => {
        const data = await window.kithPage;
        return list.map(([from, to]) => window.underTest.chainsTo(data, data.ids.indexOf(from), data.ids.indexOf(to), 3)
            .map(chain => ({ people: chain.node.map(node => data.names[node]), score: chain.score, weakest: chain.weakest })));
    }, pairs);
    let found = 0;
    await inTurn(pairs, async ([from, to], i) => {
        const answer = await town.ask('intro', '--from', from, '--to', to, ...AS_OF, '-q', town.book);
        if (!answer)
            return; // works there already
        const said = answer.tables.paths.map(({ people: names, score, weakest }) => ({ people: names, score, weakest }));
        found += said.length;
        expect(JSON.stringify(said) === JSON.stringify(own[i]),
            `${from} to ${to}: ${JSON.stringify(said[0])} and in the page ${JSON.stringify(own[i][0])}`);
    });
    expect(found > PAIRS, `only ${found} chains between ${pairs.length} pairs`);
    console.log(`${found} chains between ${pairs.length} pairs are the same in the page`);
    await close();
}

/**
 * What if somebody leaves: the same people are out of reach, from the same scores. The command reckons the ties of the others
 * again, smaller parties a little warmer; the page keeps them, so what is weaker there is weaker here and no better.
 */
export async function leavers(browser, file, town) {
    const { page, close } = await opened(browser, file);
    const own = await page.evaluate(async () => {
        const data = await window.kithPage, name = node => data.names[node];
        return data.ids.map((who, node) => ({ who, node })).filter(({ node }) => data.kind[node] === 0 && node !== data.owner
            && data.hops.first[node] < data.hops.first[node + 1]).map(({ who, node }) => {
            const { lost, worse } = window.underTest.leaving(data, node, data.owner);
            return { who, lost: lost.map(name).sort(), worse: worse.map(one => ({ ...one, person: name(one.node) })) };
        });
    });
    let lost = 0, weaker = 0;
    await inTurn(own, async ({ who, lost: ours, worse }) => {
        const { people } = (await town.ask('what-if', '--lose', who, '--top', '100000', ...AS_OF, '-q', town.book)).tables;
        const said = people.filter(({ change }) => change === 'lost').map(({ person }) => person).sort();
        lost += said.length;
        expect(said.join() === ours.join(), `without ${who} the command loses ${said}, the page ${ours}`);
        for (const { person, change, before, after } of people) {
            const here = worse.some(one => one.person === person && Math.abs(one.before - before) < 1e-9 && one.after <= after + 1e-9);
            weaker += change === 'weaker';
            expect(change !== 'weaker' || here, `without ${who} the way to ${person} goes from ${before} to ${after}, not so in the page`);
        }
    });
    expect(lost > 5 && weaker > 0, `only ${lost} lost and ${weaker} weaker`);
    console.log(`${own.length} people leaving: ${lost} lost and ${weaker} weaker ways are the same in the page`);
    await close();
}
