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

function licence(name) {
    const about = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    for (const file of ['LICENSE.txt', 'LICENSE', 'LICENSE.md']) {
        try {
            const text = readFileSync(join(modules, name, file), 'utf8').replaceAll('\r', '').trim();
            return `${name} ${about.version}\n${text}`;
        } catch (problem) {
            if (problem.code !== 'ENOENT')
                throw problem;
        }
    }
    return `${name} ${about.version}, licence ${about.license}`;
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
await bundle('map.ts', 'map.js', bundled.map(licence).join('\n\n'));
