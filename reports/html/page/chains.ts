// SPDX-License-Identifier: GPL-3.0-or-later
// chains.ts - the k best chains of introductions, exactly as the command finds them.
//
// The counterpart of chains.c, which says why it is exact. A chain's cost is a sum of whole numbers
// below 2^53, its score the product of p from the first hop on: the same to the last bit.
import type { Hops } from './data';

export interface Chain {
    node: number[];
    p: number[];
    cost: number;
    score: number; // product of p and of the end's weight; the number of hops on plain graph files
    weakest: number; // 1-based hop that costs most, the first of equals
}

/** Where a chain may end: what that end weighs, and what it costs. */
export type Ends = Map<number, { weight: number; cost: number }>;

export interface Query {
    from: number;
    ends: Ends;
    blocked: (node: number) => boolean;
    k: number;
    maxHops: number;
}

interface State {
    cost: number;
    least: number;
    leastHops: number;
    ids: number[];
}

class Search {
    private cost: Float64Array; // by hops left, then node: what it needs at least to a target
    private hops: Uint8Array;
    private heap: State[] = [];

    constructor(private net: Hops, private query: Query) {
        const size = net.nodes * (query.maxHops + 1);
        this.cost = new Float64Array(size).fill(Infinity);
        this.hops = new Uint8Array(size);
        for (let left = 0; left <= query.maxHops; left++)
            for (let v = 0; v < net.nodes; v++)
                this.bound(left, v);
    }

    private bound(left: number, v: number): void {
        const { net, query } = this, at = left * net.nodes + v;
        const end = query.ends.get(v);
        if (query.blocked(v) && v !== query.from)
            return;
        if (end) {
            this.cost[at] = end.cost;
            return;
        }
        for (let i = net.first[v]; left > 0 && i < net.first[v + 1]; i++) {
            const rest = (left - 1) * net.nodes + net.to[i];
            const cost = net.cost[i] + this.cost[rest], hops = this.hops[rest] + 1;
            if (cost < this.cost[at] || (cost === this.cost[at] && cost < Infinity && hops < this.hops[at])) {
                this.cost[at] = cost;
                this.hops[at] = hops;
            }
        }
    }

    private static before(a: State, b: State): boolean {
        if (a.least !== b.least)
            return a.least < b.least;
        if (a.leastHops !== b.leastHops)
            return a.leastHops < b.leastHops;
        for (let i = 0; i < Math.min(a.ids.length, b.ids.length); i++)
            if (a.ids[i] !== b.ids[i])
                return a.ids[i] < b.ids[i];
        return a.ids.length < b.ids.length;
    }

    private push(cost: number, ids: number[]): void {
        const done = ids.length - 1;
        const rest = (this.query.maxHops - done) * this.net.nodes + ids[done];
        if (this.cost[rest] === Infinity)
            return;
        const state = { cost, least: cost + this.cost[rest], leastHops: done + this.hops[rest], ids };
        let at = this.heap.length;
        this.heap.push(state);
        while (at > 0 && Search.before(state, this.heap[(at - 1) >> 1])) {
            this.heap[at] = this.heap[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }
        this.heap[at] = state;
    }

    private pop(): State {
        const top = this.heap[0], last = this.heap.pop()!;
        const n = this.heap.length;
        let at = 0, child;
        while ((child = 2 * at + 1) < n) {
            if (child + 1 < n && Search.before(this.heap[child + 1], this.heap[child]))
                child++;
            if (!Search.before(this.heap[child], last))
                break;
            this.heap[at] = this.heap[child];
            at = child;
        }
        if (n > 0)
            this.heap[at] = last;
        return top;
    }

    private chain(state: State): Chain {
        const hops = state.ids.slice(1).map((to, i) => hopBetween(this.net, state.ids[i], to));
        const p = hops.map(hop => this.net.p[hop]), costs = hops.map(hop => this.net.cost[hop]);
        const end = this.query.ends.get(state.ids[state.ids.length - 1])!;
        const score = this.net.plain ? hops.length : p.reduce((product, value) => product * value, 1) * end.weight;
        return { node: state.ids, p, cost: state.cost, score, weakest: costs.indexOf(Math.max(...costs)) + 1 };
    }

    run(): Chain[] {
        const { net, query } = this, found: Chain[] = [];
        if (query.ends.has(query.from))
            return found;
        this.push(0, [query.from]);
        while (this.heap.length > 0 && found.length < query.k) {
            const state = this.pop(), v = state.ids[state.ids.length - 1];
            if (query.ends.has(v)) {
                found.push(this.chain(state));
                continue;
            }
            for (let i = net.first[v]; i < net.first[v + 1]; i++)
                if (!state.ids.includes(net.to[i]))
                    this.push(state.cost + net.cost[i], [...state.ids, net.to[i]]);
        }
        return found;
    }
}

/** The hop between two people, -1 when there is none. */
export function hopBetween(net: Hops, from: number, to: number): number {
    for (let i = net.first[from]; i < net.first[from + 1]; i++)
        if (net.to[i] === to)
            return i;
    return -1;
}

export function bestChains(net: Hops, query: Query): Chain[] {
    return new Search(net, query).run();
}

/** The cost of the best chain of at most maxHops from one person to everybody; Infinity where there is none. */
export function costsFrom(net: Hops, from: number, maxHops: number, blocked: (node: number) => boolean): Float64Array {
    let cost = new Float64Array(net.nodes).fill(Infinity);
    cost[from] = 0;
    for (let round = 0; round < maxHops; round++) {
        const next = cost.slice();
        for (let v = 0; v < net.nodes; v++)
            for (let i = net.first[v]; cost[v] < Infinity && i < net.first[v + 1]; i++)
                if (!blocked(net.to[i]) && cost[v] + net.cost[i] < next[net.to[i]])
                    next[net.to[i]] = cost[v] + net.cost[i];
        cost = next;
    }
    return cost;
}
