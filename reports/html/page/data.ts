// SPDX-License-Identifier: GPL-3.0-or-later
// data.ts - the page's data, unpacked: the counterpart of data.c, which says what is in it.
import { pause } from './dom';

export const UNDATED = -2147483648;
export const PERSON = 0, ORGANISATION = 1, EVENT = 2, TOPIC = 3;
export const KIND_WORDS = ['person', 'organisation', 'event', 'topic'];
const NO_INTRO = 1 << 5;

const LARGE = 100000; // letters that are worth a breath before they are unpacked

interface Packed { t: 'u8' | 'i32' | 'f32' | 'lines'; z: string }

export interface Facts {
    kind: Uint8Array; from: Int32Array; to: Int32Array; day: Int32Array; until: Int32Array;
    file: Int32Array; line: Int32Array; word: Int32Array;
}

/** Warm ties as rows side by side: those of v are first[v] … first[v + 1] - 1. */
export interface Hops {
    nodes: number; first: Int32Array; to: Int32Array; p: Float64Array; cost: Float64Array;
    plain: boolean; // ties of a plain graph file: each is one step, and nothing is known of warmth
    tier?: string[]; state?: string[]; evidence?: string[];
}

/** Who works where as of the page's day, what the role weighs, and what a chain that ends there pays for it. */
export type Job = [organisation: number, person: number, weight: number, cost: number];

export interface Places {
    node: Int32Array; group: Int32Array; x: Float32Array; y: Float32Array; size: Float32Array;
}

export interface Page {
    owner: number; asOf: string | null; today: number; whole: boolean; leftOut: number;
    names: string[]; ids: string[]; kind: Uint8Array; flags: Uint8Array;
    tieKinds: string[]; files: string[]; words: string[];
    facts: Facts; hops?: Hops; jobs: Job[]; places?: Places; groups: { label: string; size: number }[];
}

/** Bytes out of base64; browsers have learned it only lately. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
    const own = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
    return own.fromBase64?.(text) ?? Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
}

async function unpack(text: string): Promise<ArrayBuffer> {
    if (text.length > LARGE)
        await pause();
    const zipped = bytes(text);
    const plain = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(plain).arrayBuffer();
}

function bytesOf(packed: Packed): Promise<ArrayBuffer> {
    return unpack(packed.z);
}

/** Runs the map's script, which travels packed: the policy knows it by the hash of its text. */
export async function runMap(): Promise<void> {
    const packed = document.getElementById('map-script');
    if (!packed)
        return;
    const script = document.createElement('script');
    script.textContent = new TextDecoder().decode(await unpack(JSON.parse(packed.textContent!)));
    document.body.append(script);
}

async function small(packed: Packed): Promise<Uint8Array> {
    return new Uint8Array(await bytesOf(packed));
}

/** 32-bit numbers from their differences, which wrap around. */
async function numbers(packed: Packed): Promise<Int32Array> {
    const values = new Int32Array(await bytesOf(packed));
    for (let i = 1; i < values.length; i++)
        values[i] = (values[i] + values[i - 1]) | 0;
    return values;
}

async function floats(packed: Packed): Promise<Float32Array> {
    return new Float32Array(await bytesOf(packed));
}

async function lines(packed: Packed): Promise<string[]> {
    const text = new TextDecoder().decode(await bytesOf(packed));
    return text.split('\n').slice(0, -1);
}

async function readFacts(raw: Record<string, Packed>): Promise<Facts> {
    const [kind, from, to, day, until, file, line, word] = await Promise.all([small(raw.kind), numbers(raw.from),
        numbers(raw.to), numbers(raw.day), numbers(raw.until), numbers(raw.file), numbers(raw.line), numbers(raw.word)]);
    return { kind, from, to, day, until, file, line, word };
}

interface RawHops {
    p: number[]; cost: number[]; plain: boolean; from: Packed; to: Packed; value: Packed;
    tier?: Packed; state?: Packed; evidence?: Packed;
}

const ONE_STEP = 1e12;

/** Where the hops of each node begin, of hops sorted by where they start. */
function rowsOf(from: Int32Array, nodes: number): Int32Array {
    const first = new Int32Array(nodes + 1);
    for (let i = 0; i < from.length; i++)
        first[from[i] + 1]++;
    for (let v = 0; v < nodes; v++)
        first[v + 1] += first[v];
    return first;
}

async function readHops(raw: RawHops, nodes: number): Promise<Hops> {
    const [from, to, value, tier, state, evidence] = await Promise.all([numbers(raw.from), numbers(raw.to),
        numbers(raw.value), raw.tier && lines(raw.tier), raw.state && lines(raw.state), raw.evidence && lines(raw.evidence)]);
    if (value.length > LARGE)
        await pause();
    const first = rowsOf(from, nodes);
    if (value.length > LARGE)
        await pause();
    const costs = raw.plain ? raw.cost.map(() => ONE_STEP) : raw.cost;
    const p = Float64Array.from(value, at => raw.p[at]), cost = Float64Array.from(value, at => costs[at]);
    return { nodes, first, to, tier, state, evidence, plain: raw.plain, p, cost };
}

async function readPlaces(raw: Record<string, Packed>): Promise<Places> {
    const [node, group, x, y, size] = await Promise.all([numbers(raw.node), numbers(raw.group), floats(raw.x),
        floats(raw.y), floats(raw.size)]);
    return { node, group, x, y, size };
}

/** The data of this page; undefined when it carries none. */
export async function read(): Promise<Page | undefined> {
    const element = document.getElementById('data');
    if (!element)
        return undefined;
    const raw = JSON.parse(element.textContent!);
    const nodes = raw.names.length;
    const [kind, flags, facts, hops, places] = await Promise.all([small(raw.kind), small(raw.flags), readFacts(raw.facts),
        raw.hops && readHops(raw.hops, nodes), raw.places && readPlaces(raw.places)]);
    return { groups: [], jobs: [], ids: raw.names, ...raw, kind, flags, facts, hops, places };
}

/** Who never stands on a chain of introductions. */
export function isBlocked(page: Page, node: number): boolean {
    return (page.flags[node] & NO_INTRO) !== 0;
}

export function dayText(day: number): string {
    return day === UNDATED ? '' : new Date(day * 86400000).toISOString().slice(0, 10);
}

/** Who works at an organisation: of several jobs the one that weighs most counts. */
export function staffOf(page: Page, organisation: number): Map<number, Job> {
    const staff = new Map<number, Job>();
    for (const job of page.jobs)
        if (job[0] === organisation && !(staff.has(job[1]) && staff.get(job[1])![2] >= job[2]))
            staff.set(job[1], job);
    return staff;
}

declare global {
    interface Window { kithPage?: Promise<Page | undefined> }
}
