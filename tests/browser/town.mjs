// SPDX-License-Identifier: GPL-3.0-or-later
// town.mjs - the pages that are looked at: Tidewell, a crowd beyond what is drawn one by one, hostile names.
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const READERS = ['networker', 'organiser', 'business', 'researcher'];
export const AS_OF = ['--as-of', '2024-12-31'];
const FILES = ['Connections.csv', 'apple_v3.vcf', 'android_v21_qp.vcf', 'marta_google.ics', 'circle_events.ics',
    'attendance_list.csv', 'attendance_matrix.csv', 'referrals.csv', 'suppliers.csv'];

export const HOSTILE = ['</script><img src=x onerror=hacked=1>', '<svg onload=hacked=1>', '"onfocus=hacked=1 autofocus x="',
    '{{7*7}}', "'-hacked-'", '\u202egnihtemos', 'a\u200bb\u200bc', '<!--', ']]>', '__proto__', 'مرحبا بالعالم'];

export class Town {
    constructor(kith, folder) {
        this.kith = kith;
        this.folder = folder;
        this.book = join(folder, 'town.kith');
    }

    run(...words) {
        return execFileSync(this.kith, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    }

    /** As run(), without waiting; the answer as JSON, null when there is none. */
    ask(...words) {
        return new Promise((resolve, reject) => {
            execFile(this.kith, [...words, '--format', 'json'], { maxBuffer: 1 << 26 }, (problem, out, err) => {
                if (problem && problem.code > 2)
                    reject(new Error(`${words.join(' ')}: ${problem.message}${err}`));
                else
                    resolve(out ? JSON.parse(out) : null);
            });
        });
    }

    /** Its book, and the page of who opens it without saying who reads. */
    tidewell() {
        this.run('import', '-q', '--into', this.book, '--me', 'Marta Kowalska',
            ...FILES.map(name => join('datasets', 'tidewell', name)));
        this.run('duplicates', '-q', '--accept', 'score>=0.984', '--yes', this.book);
        return this.report('auto');
    }

    report(reader) {
        const page = join(this.folder, `${reader}.html`);
        this.run('report', '-q', '-o', page, '--title', 'Tidewell', '--for', reader, '--to', 'Chloe Dubois', '--of',
            'Breakwater Logistics', ...AS_OF, this.book);
        return page;
    }

    /** Eighteen women at fourteen events: many names in little room. */
    davis() {
        const page = join(this.folder, 'davis.html');
        this.run('report', '-q', '-o', page, '--title', 'Davis', '--for', 'organiser', join('datasets', 'davis', 'attendance.csv'));
        return page;
    }

    /** Twenty circles of thirty, each joined to the next: too many to draw one by one. */
    crowd() {
        const file = join(this.folder, 'crowd.csv'), page = join(this.folder, 'crowd.html');
        const lines = ['source,target'];
        for (let circle = 0; circle < 20; circle++)
            for (let i = 0; i < 30; i++)
                for (const step of [1, 2, 5])
                    lines.push(`p${circle * 30 + i},p${circle * 30 + (i + step) % 30}`);
        for (let circle = 0; circle < 20; circle++)
            lines.push(`p${circle * 30},p${((circle + 1) % 20) * 30 + 7}`);
        writeFileSync(file, lines.join('\n') + '\n');
        this.run('report', '-q', '-o', page, '--title', 'Crowd', file);
        return page;
    }

    hostile() {
        const file = join(this.folder, 'hostile.csv'), page = join(this.folder, 'hostile.html');
        const quoted = HOSTILE.map(name => `"${name.replaceAll('"', '""')}"`);
        writeFileSync(file, `source,target\n${quoted.map((name, i) =>
            `${name},${quoted[(i + 1) % quoted.length]}`).join('\n')}\n`);
        this.run('report', '-q', '-o', page, '--title', HOSTILE[0], file);
        return page;
    }
}
