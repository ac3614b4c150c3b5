// SPDX-License-Identifier: GPL-3.0-or-later
// explore.ts - the button that opens the live map. Its script travels packed and is unpacked, read and run only when somebody
// asks for it: most readers of most pages never do.
import { type Page, runMap } from './data';
import { make, say } from './dom';

const NO_MAP = 'This browser draws no live map (it has no WebGL); the picture and the tables below hold the same.';

declare global {
    interface Window { kithMap?: (page: Page, stage: HTMLElement, closed: () => void) => boolean }
}

export function explorable(page: Page): void {
    const stage = document.querySelector<HTMLElement>('#map .stage');
    if (!page.places || !stage || !document.getElementById('map-script'))
        return;
    const button = make('button', { type: 'button', class: 'primary explore' }, 'Explore the map');
    const closed = (): void => {
        button.hidden = false;
        button.focus();
    };
    button.addEventListener('click', async () => {
        button.disabled = true;
        say('opening the map');
        if (!window.kithMap)
            await runMap();
        button.disabled = false;
        if (window.kithMap?.(page, stage, closed))
            button.hidden = true;
        else
            button.replaceWith(make('p', { class: 'aside', role: 'status' }, NO_MAP));
    });
    stage.after(button);
}
