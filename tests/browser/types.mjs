// SPDX-License-Identifier: GPL-3.0-or-later
// types.mjs - the page's TypeScript, checked in full: esbuild only takes the types off.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = 'node_modules/typescript/bin/tsc';
if (!existsSync(compiler)) {
    console.log('types: TypeScript is not installed (npm ci)');
    process.exit(77);
}
const done = spawnSync(process.execPath, [compiler, '-p', 'reports/html/page'], { stdio: 'inherit' });
process.exit(done.status ?? 1);
