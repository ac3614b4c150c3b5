// SPDX-License-Identifier: GPL-3.0-or-later
// map.ts - the live map: sigma.js on the places that C computed, behind a button, so that it never traps
// the scrolling of a phone. Without WebGL the picture and its tables stay.
import type Graph from 'graphology';
import Sigma from 'sigma';
import { controls } from './controls';
import { type Page } from './data';
import { make, say } from './dom';
import { Labels } from './labels';
import { type Shown, firstShown, scene } from './scene';
import { programs } from './shapes';

const HUES = 6;

function variable(name: string): string {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function hasWebGL(): boolean {
    const canvas = document.createElement('canvas');
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
}

function parts(color: string): number[] {
    return [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
}

/** A colour of the style sheet as it looks with an alpha on the map. Mixed here, since sigma adds what shines through to the
 * background and so draws half-transparent grey on white as white. */
function faint(name: string, alpha: number): string {
    const below = parts(variable('--card'));
    const mixed = parts(variable(name)).map((value, i) => Math.round(alpha * value + (1 - alpha) * below[i]));
    return `#${mixed.map(value => value.toString(16).padStart(2, '0')).join('')}`;
}

class LiveMap {
    private shown: Shown;
    private graph: Graph;
    private sigma: Sigma;
    private centre: string | undefined; // whose neighbours stand out
    private fixed: string | undefined; // chosen by click or search
    private labels = new Labels(variable('--text'), variable('--card'));
    private pale = faint('--edge', 0.25); // who is not a neighbour
    private box = make('div', { class: 'live-map', role: 'application', tabindex: '0',
        'aria-label': 'Live map. Arrows move, plus and minus zoom, Enter picks what is nearest to the middle, 0 shows all, Escape closes.' });
    private note = make('p', { class: 'map-note', 'aria-live': 'polite' });
    readonly element: HTMLElement;

    constructor(private page: Page, private close: () => void) {
        this.shown = firstShown(page);
        this.graph = this.draw();
        const done = make('button', { type: 'button', class: 'primary' }, 'Done');
        done.addEventListener('click', close);
        this.element = make('div', { class: 'explorer' },
            controls(page, this.shown, () => this.redraw(), node => this.find(node)), this.box,
            make('div', { class: 'under' }, this.note, done));
        document.querySelector('#map .stage')!.after(this.element);
        this.sigma = this.start();
        this.listen();
        this.labels.draw(this.box.clientWidth); // of the first picture, which is drawn by now
        this.tell();
    }

    private draw(): Graph {
        const hues = Array.from({ length: HUES + 1 }, (_, i) => variable(`--h${i}`));
        return scene(this.shown, group => hues[group >= 0 && group < HUES ? group : HUES], faint('--edge', 0.6));
    }

    private start(): Sigma {
        const text = variable('--text'), card = variable('--card');
        return new Sigma(this.graph, this.box, {
            allowInvalidContainer: true, labelColor: { color: text }, labelSize: 13, labelFont: 'system-ui, sans-serif',
            labelDensity: 1, labelGridCellSize: 50, labelRenderedSizeThreshold: 6, defaultDrawNodeLabel: this.labels.take,
            nodeProgramClasses: programs, zIndex: true, stagePadding: 40,
            minCameraRatio: 0.02, maxCameraRatio: 4,
            nodeReducer: (key, data) => this.look(key, data),
            edgeReducer: (key, data) => this.lookEdge(key, data),
            defaultDrawNodeHover: (context, data, settings) => {
                context.font = `${settings.labelSize}px ${settings.labelFont}`;
                const wide = context.measureText(data.label ?? '').width;
                context.fillStyle = card;
                context.fillRect(data.x + data.size + 1, data.y - 11, wide + 10, 22);
                context.fillStyle = text;
                context.fillText(data.label ?? '', data.x + data.size + 6, data.y + 5);
            },
        });
    }

    private look(key: string, data: Record<string, unknown>): Record<string, unknown> {
        if (!this.centre || !this.graph.hasNode(this.centre))
            return data;
        if (key === this.centre)
            return { ...data, zIndex: 2, forceLabel: true, highlighted: true };
        if (this.graph.areNeighbors(key, this.centre))
            return { ...data, zIndex: 1, forceLabel: this.graph.degree(this.centre) < 40 };
        return { ...data, color: this.pale, label: null, forceLabel: false, zIndex: 0 };
    }

    private lookEdge(key: string, data: Record<string, unknown>): Record<string, unknown> {
        if (!this.centre || !this.graph.hasNode(this.centre))
            return data;
        return this.graph.hasExtremity(key, this.centre)
            ? { ...data, color: variable('--accent'), size: Math.max(1.5, Number(data.size)), zIndex: 1 }
            : { ...data, hidden: true };
    }

    private redraw(): void {
        this.graph = this.draw();
        this.sigma.setGraph(this.graph);
        this.point(undefined);
        this.tell();
    }

    private point(key: string | undefined): void {
        this.centre = key ?? this.fixed;
        if (this.centre && !this.graph.hasNode(this.centre))
            this.centre = this.fixed = undefined;
        this.sigma.refresh({ skipIndexation: true });
    }

    private tell(): void {
        const key = this.fixed;
        if (!key || !this.graph.hasNode(key)) {
            const what = this.shown.grouped ? 'Press a group to open it.' : 'Press a name to see its neighbours.';
            const left = Number(this.graph.getAttribute('left'));
            const ties = left > 0 ? `the strongest ${this.graph.size} of ${this.graph.size + left} ties` : `${this.graph.size} ties`;
            this.note.replaceChildren(`${this.graph.order} shown, ${ties}. ${what}`);
            return;
        }
        const { said, node } = this.graph.getNodeAttributes(key);
        const others = this.graph.neighbors(key).map(other => String(this.graph.getNodeAttribute(other, 'said')));
        others.sort((a, b) => a.localeCompare(b, 'en'));
        this.note.replaceChildren(make('strong', {}, said), ` is tied to ${others.slice(0, 12).join(', ')}`,
            others.length > 12 ? ` and ${others.length - 12} more. ` : '. ');
        if (node !== undefined)
            this.note.append(make('a', { href: `#person=${encodeURIComponent(this.page.ids[node])}` }, 'Open the page'));
    }

    private press(key: string): void {
        const { bubble, group } = this.graph.getNodeAttributes(key);
        if (bubble) {
            this.shown.open.add(group);
            say(`opened the group around ${this.page.groups[group].label}`);
            this.redraw();
            return;
        }
        this.fixed = this.fixed === key ? undefined : key;
        this.point(this.fixed);
        this.tell();
    }

    find(node: number): void {
        const at = this.page.places!.node.indexOf(node), group = at >= 0 ? this.page.places!.group[at] : -1;
        if (this.shown.only >= 0 && group !== this.shown.only)
            return;
        if (this.shown.grouped && group >= 0 && !this.shown.open.has(group)) {
            this.shown.open.add(group);
            this.redraw();
        }
        const key = `n${node}`;
        if (!this.graph.hasNode(key))
            return;
        this.fixed = key;
        this.point(key);
        this.tell();
        const place = this.sigma.getNodeDisplayData(key);
        if (place)
            void this.sigma.getCamera().animate({ x: place.x, y: place.y, ratio: 0.4 },
                { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 400 });
    }

    private listen(): void {
        this.sigma.on('afterRender', () => this.labels.draw(this.box.clientWidth));
        this.sigma.on('enterNode', ({ node }) => this.point(node));
        this.sigma.on('leaveNode', () => this.point(undefined));
        this.sigma.on('clickNode', ({ node }) => this.press(node));
        this.sigma.on('clickStage', () => { this.fixed = undefined; this.point(undefined); this.tell(); });
        this.box.addEventListener('keydown', event => this.key(event));
        document.addEventListener('kith:person', this.follow);
        window.addEventListener('beforeprint', this.close);
    }

    private follow = (event: Event): void => this.find((event as CustomEvent<number>).detail);

    /** Picks what is nearest to the middle of what is seen: the keyboard's way to press a name. */
    private pick(): void {
        const { x, y } = this.sigma.getCamera();
        let nearest: string | undefined, least = Infinity;
        this.graph.forEachNode(key => {
            const at = this.sigma.getNodeDisplayData(key), away = at ? (at.x - x) ** 2 + (at.y - y) ** 2 : Infinity;
            if (away < least) {
                least = away;
                nearest = key;
            }
        });
        if (nearest)
            this.press(nearest);
    }

    private key(event: KeyboardEvent): void {
        const camera = this.sigma.getCamera(), step = 0.15 * camera.ratio;
        const moves: Record<string, () => void> = {
            ArrowLeft: () => camera.setState({ x: camera.x - step }),
            ArrowRight: () => camera.setState({ x: camera.x + step }),
            ArrowUp: () => camera.setState({ y: camera.y + step }),
            ArrowDown: () => camera.setState({ y: camera.y - step }),
            '+': () => camera.setState({ ratio: camera.ratio / 1.4 }),
            '-': () => camera.setState({ ratio: camera.ratio * 1.4 }),
            0: () => camera.setState({ x: 0.5, y: 0.5, ratio: 1 }),
            Enter: () => this.pick(),
            Escape: this.close,
        };
        if (event.ctrlKey || event.metaKey || event.altKey || !moves[event.key])
            return;
        event.preventDefault();
        moves[event.key]();
    }

    focus(): void {
        this.box.focus();
    }

    end(): void {
        document.removeEventListener('kith:person', this.follow);
        window.removeEventListener('beforeprint', this.close);
        this.sigma.kill();
        this.element.remove();
    }
}

/** Opens the map in the place of its picture; page.js calls it when somebody asks for the map. */
window.kithMap = (page: Page, stage: HTMLElement, closed: () => void): boolean => {
    let live: LiveMap | undefined;
    if (!hasWebGL())
        return false;
    stage.hidden = true;
    live = new LiveMap(page, () => {
        live?.end();
        live = undefined;
        stage.hidden = false;
        closed();
    });
    live.focus();
    return true;
};
