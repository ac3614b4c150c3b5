// SPDX-License-Identifier: GPL-3.0-or-later
// bundle.mjs OUT-FOLDER - the page's scripts, page.js and map.js, out of page/*.ts by esbuild.
//
// Two files, since a page without a map carries no sigma.js. The licences of what is bundled stand
// at the head of map.js. The same sources and lock file give the same bytes.
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '..', '..', 'node_modules');
const bundled = ['sigma', 'graphology', 'graphology-utils', 'events'];

function read(name, file) {
    try {
        return readFileSync(join(modules, name, file), 'utf8');
    } catch (problem) {
        if (problem.code !== 'ENOENT')
            throw problem;
        return undefined;
    }
}

// Name, version, who holds the copyright, and the rest of the licence apart: several share one.
function licence(name) {
    const text = ['LICENSE.txt', 'LICENSE', 'LICENSE.md'].map(file => read(name, file)).find(Boolean) ?? '';
    const lines = text.replaceAll('\r', '').split('\n').map(line => line.trim());
    const holders = lines.filter(line => /^copyright/i.test(line));
    const rest = lines.filter(line => !/^copyright|^(the )?mit license|^\(mit\)/i.test(line)).join(' ').replace(/\s+/g, ' ').trim();
    return { head: [`${name} ${JSON.parse(read(name, 'package.json')).version}`, ...holders].join(', '), rest };
}

function notice(names) {
    const found = names.map(licence);
    const texts = [...new Set(found.map(one => one.rest))];
    return texts.map(rest => [...found.filter(one => one.rest === rest).map(one => one.head), rest].join('\n')).join('\n\n');
}

// What would end the element the script stands in, or change how it is read.
function refuseMarkup(name, text) {
    for (const bad of ['</script', '<script', '<!--', '\r'])
        if (text.includes(bad))
            throw new Error(`${name} holds ${JSON.stringify(bad)}`);
}

async function bundle(entry, out, banner) {
    const made = await build({
        entryPoints: [join(here, 'page', entry)],
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        target: 'es2020',
        legalComments: 'none',
        banner: banner ? { js: `/*\n${banner.replaceAll('*/', '* /')}\n*/` } : {},
    });
    const text = made.outputFiles[0].text;
    refuseMarkup(out, text);
    writeFileSync(join(process.argv[2], out), text);
}

await bundle('main.ts', 'page.js', '');
await bundle('map.ts', 'map.js', notice(bundled));
