// SPDX-License-Identifier: GPL-3.0-or-later
// scene.ts - what of the data is on the live map: everybody, or groups as bubbles that open; by kind, group and time.
import Graph from 'graphology';
import { KIND_WORDS, PERSON, type Page, UNDATED } from './data';
import { SHAPES } from './shapes';

const MOST_SINGLE = 150; // beyond that groups begin as bubbles
const MOST_EDGES = 30000, FEWEST_EDGES = 400, EDGES_A_THING = 4; // more than that is a grey plate

export interface Shown {
    page: Page;
    kinds: Set<number>; // of nodes
    ties: Set<number>; // kinds of ties
    until: number; // day; ties first seen later are left out
    open: Set<number>; // groups whose members are drawn
    only: number; // the group that is drawn alone, -1: all are
    grouped: boolean;
    upright: boolean; // on a phone x and y change places, as in the picture from C
}

export function firstShown(page: Page): Shown {
    const places = page.places!;
    const days = page.facts.day.reduce((most, day) => (day > most ? day : most), UNDATED);
    return {
        page, until: days, open: new Set(), only: -1,
        kinds: new Set(Array.from(places.node, node => page.kind[node])),
        ties: new Set(page.facts.kind),
        upright: matchMedia('(max-width: 40rem)').matches,
        grouped: places.node.length > MOST_SINGLE && page.groups.length > 1 && !page.whole,
    };
}

/** Which drawn thing stands for each node: its own number, that of its group behind the nodes, -1 when not drawn. */
function standIns(shown: Shown): Int32Array {
    const { page } = shown, places = page.places!, nodes = page.names.length;
    const standIn = new Int32Array(nodes).fill(-1);
    places.node.forEach((node, i) => {
        const group = places.group[i];
        if (!shown.kinds.has(page.kind[node]) || (shown.only >= 0 && group !== shown.only))
            return;
        if (!shown.grouped || shown.only >= 0 || (group >= 0 && shown.open.has(group)))
            standIn[node] = node;
        else if (group >= 0)
            standIn[node] = nodes + group;
    });
    return standIn;
}

interface Pair { a: number; b: number; ties: number }

function pairs(shown: Shown, standIn: Int32Array): Pair[] {
    const f = shown.page.facts, found = new Map<number, Pair>();
    const things = shown.page.names.length + shown.page.groups.length;
    const wanted = shown.page.tieKinds.map((_, kind) => shown.ties.has(kind));
    for (let i = 0; i < f.kind.length; i++) {
        const a = standIn[f.from[i]], b = standIn[f.to[i]];
        if (a < 0 || b < 0 || a === b || !wanted[f.kind[i]] || (f.day[i] !== UNDATED && f.day[i] > shown.until))
            continue;
        const low = Math.min(a, b), high = Math.max(a, b), key = low * things + high;
        const pair = found.get(key);
        if (pair)
            pair.ties++;
        else
            found.set(key, { a: low, b: high, ties: 1 });
    }
    return [...found.values()];
}

/** Of too many ties each node's strongest and then the strongest of all; drawn in full they are a grey plate. */
function backbone(all: Pair[], things: number): Pair[] {
    const most = Math.min(MOST_EDGES, FEWEST_EDGES + EDGES_A_THING * things);
    if (all.length <= most)
        return all;
    all.sort((x, y) => y.ties - x.ties);
    const seen = new Set<number>(), first: Pair[] = [], rest: Pair[] = [];
    for (const pair of all) {
        const fresh = !seen.has(pair.a) || !seen.has(pair.b);
        seen.add(pair.a).add(pair.b);
        (fresh ? first : rest).push(pair);
    }
    return [...first, ...rest].slice(0, most);
}

function addPlaces(graph: Graph, shown: Shown, standIn: Int32Array, hue: (group: number) => string): void {
    const { page } = shown, places = page.places!;
    const sum = new Map<number, { x: number; y: number; n: number }>();
    const [across, down] = shown.upright ? [places.y, places.x] : [places.x, places.y];
    places.node.forEach((node, i) => {
        const group = places.group[i];
        if (standIn[node] === node)
            graph.addNode(`n${node}`, {
                x: across[i], y: -down[i], size: 2 + 2.2 * places.size[i], color: hue(group), node, group,
                type: SHAPES[page.kind[node]],
                label: page.names[node],
                said: page.kind[node] === PERSON ? page.names[node] : `${page.names[node]} (${KIND_WORDS[page.kind[node]]})`,
            });
        else if (standIn[node] >= 0) {
            const at = sum.get(group) ?? { x: 0, y: 0, n: 0 };
            sum.set(group, { x: at.x + across[i], y: at.y - down[i], n: at.n + 1 });
        }
    });
    const largest = Math.min(24, 110 / Math.sqrt(sum.size)); // so that many bubbles leave room for their ties
    for (const [group, at] of [...sum].sort((a, b) => a[0] - b[0])) {
        const label = `${page.groups[group].label} (${at.n})`;
        graph.addNode(`g${group}`, {
            x: at.x / at.n, y: at.y / at.n, color: hue(group), group, bubble: true,
            size: 4 + largest * Math.sqrt(at.n / page.groups[0].size), label, said: label,
        });
    }
}

/** The graph to draw. */
export function scene(shown: Shown, hue: (group: number) => string, tie: string): Graph {
    const graph = new Graph({ type: 'undirected', multi: false });
    const standIn = standIns(shown);
    addPlaces(graph, shown, standIn, hue);
    const nodes = shown.page.names.length;
    const name = (thing: number): string => (thing < nodes ? `n${thing}` : `g${thing - nodes}`);
    const all = pairs(shown, standIn), drawn = backbone(all, graph.order);
    graph.setAttribute('left', all.length - drawn.length);
    for (const pair of drawn)
        graph.addEdge(name(pair.a), name(pair.b), { size: Math.min(6, 0.8 + 0.5 * Math.log2(pair.ties)), color: tie, ties: pair.ties });
    return graph;
}
