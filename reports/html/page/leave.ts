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

/** Who hangs together without one person: by node the smallest node of its piece, -1 for the one left out. */
function pieces(net: Hops, without: number): Int32Array {
    const up = Int32Array.from({ length: net.nodes }, (_, v) => v);
    const top = (v: number): number => {
        while (up[v] !== v) {
            up[v] = up[up[v]];
            v = up[v];
        }
        return v;
    };
    for (let v = 0; v < net.nodes; v++)
        for (let i = net.first[v]; v !== without && i < net.first[v + 1]; i++) {
            if (net.to[i] === without)
                continue;
            const a = top(v), b = top(net.to[i]);
            up[Math.max(a, b)] = Math.min(a, b);
        }
    const of = up.map((_, v) => top(v));
    of[without] = -1;
    return of;
}

/** Who is no longer in one piece with most people they were in one piece with. */
function cutOff(net: Hops, who: number): number[] {
    const before = pieces(net, -1), after = pieces(net, who), size = new Map<number, number>();
    for (let v = 0; v < net.nodes; v++)
        if (v !== who && before[v] === before[who])
            size.set(after[v], (size.get(after[v]) ?? 0) + 1);
    let kept = -1;
    for (const [piece, n] of size)
        if (kept < 0 || n > size.get(kept)! || (n === size.get(kept) && piece < kept))
            kept = piece;
    const found: number[] = [];
    for (let v = 0; v < net.nodes; v++)
        if (v !== who && before[v] === before[who] && after[v] !== kept)
            found.push(v);
    return found;
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
