// SPDX-License-Identifier: GPL-3.0-or-later
// leave.ts - "what if this person leaves": whom nobody could reach any more, and whose way gets longer.
import { costsFrom } from './chains';
import { type Hops, type Page, isBlocked } from './data';

const STEPS = 3;

export interface Leaving {
    cutOff: number[]; // were in one piece with most of the others, and are not any more
    lost: number[]; // within reach of who asks before, not after
    worse: { node: number; before: number; after: number }[]; // score of the best chain
}

/** Pieces of the network without one person: piece by node, and how many in each. */
function pieces(net: Hops, without: number): { of: Int32Array; size: number[] } {
    const of = new Int32Array(net.nodes).fill(-1), size: number[] = [];
    const back = reversed(net);
    for (let start = 0; start < net.nodes; start++) {
        if (of[start] >= 0 || start === without)
            continue;
        const stack = [start];
        of[start] = size.length;
        size.push(0);
        for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
            size[size.length - 1]++;
            const neighbours = [...net.to.subarray(net.first[v], net.first[v + 1]), ...(back.get(v) ?? [])];
            for (const w of neighbours)
                if (of[w] < 0 && w !== without) {
                    of[w] = of[v];
                    stack.push(w);
                }
        }
    }
    return { of, size };
}

function reversed(net: Hops): Map<number, number[]> {
    const back = new Map<number, number[]>();
    for (let v = 0; v < net.nodes; v++)
        for (let i = net.first[v]; i < net.first[v + 1]; i++) {
            const list = back.get(net.to[i]) ?? [];
            list.push(v);
            back.set(net.to[i], list);
        }
    return back;
}

function largest(size: number[]): number {
    return size.indexOf(Math.max(...size));
}

/** Who is no longer in one piece with most people they were in one piece with. */
function cutOff(net: Hops, who: number): number[] {
    const before = pieces(net, -1), after = pieces(net, who);
    const own = before.of[who];
    const parts = after.size.map((size, piece) => (pieceOf(after.of, piece, before.of) === own ? size : 0));
    const kept = largest(parts);
    const found: number[] = [];
    for (let v = 0; v < net.nodes; v++)
        if (v !== who && before.of[v] === own && after.of[v] !== kept)
            found.push(v);
    return found;
}

function pieceOf(of: Int32Array, piece: number, before: Int32Array): number {
    return before[of.indexOf(piece)];
}

export function leaving(page: Page, who: number, asks: number): Leaving {
    const net = page.hops!;
    const result: Leaving = { cutOff: cutOff(net, who), lost: [], worse: [] };
    if (asks < 0 || asks === who)
        return result;
    const blocked = (v: number): boolean => v !== asks && isBlocked(page, v);
    const before = costsFrom(net, asks, STEPS, blocked);
    const after = costsFrom(net, asks, STEPS, v => v === who || blocked(v));
    for (let v = 0; v < net.nodes; v++) {
        if (v === who || v === asks || before[v] === Infinity)
            continue;
        if (after[v] === Infinity)
            result.lost.push(v);
        else if (after[v] > before[v])
            result.worse.push({ node: v, before: Math.exp(-before[v] / 1e12), after: Math.exp(-after[v] / 1e12) });
    }
    result.worse.sort((a, b) => a.after / a.before - b.after / b.before || a.node - b.node);
    return result;
}
