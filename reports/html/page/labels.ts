// SPDX-License-Identifier: GPL-3.0-or-later
// labels.ts - names on the live map: none over another and none over the edge, the largest things first.
import type { Settings } from 'sigma/settings';
import type { NodeDisplayData, PartialButFor } from 'sigma/types';

type Thing = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>;
interface Box { left: number; top: number; right: number; bottom: number }

const GAP = 4;

function meet(a: Box, b: Box): boolean {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export class Labels {
    private waiting: Thing[] = [];
    private context?: CanvasRenderingContext2D;
    private font = '';
    private height = 0;

    constructor(private text: string, private halo: string) {}

    /** sigma's way to draw a label: it waits until all of a picture are known. */
    take = (context: CanvasRenderingContext2D, thing: Thing, settings: Settings): void => {
        this.context = context;
        this.font = `${settings.labelSize}px ${settings.labelFont}`;
        this.height = settings.labelSize;
        if (thing.label)
            this.waiting.push(thing);
    };

    /** Right of its thing, left of it, below or above: the first that is free; else it is left out. */
    private place(thing: Thing, wide: number, across: number, taken: Box[]): Box | undefined {
        const { x, y, size } = thing, half = this.height / 2 + 2, away = size + GAP;
        const at = [[x + away, y - half], [x - away - wide, y - half], [x - wide / 2, y + size], [x - wide / 2, y - size - 2 * half]];
        return at.map(([left, top]) => ({ left, top, right: left + wide, bottom: top + 2 * half }))
            .find(box => box.left >= 0 && box.right <= across && !taken.some(other => meet(box, other)));
    }

    /** Draws what waits. @param across the map's width in pixels of the page */
    draw(across: number): void {
        const context = this.context, taken: Box[] = [], things = this.waiting;
        this.waiting = [];
        if (!context)
            return;
        context.font = this.font;
        context.lineWidth = 3;
        context.lineJoin = 'round';
        context.strokeStyle = this.halo;
        context.fillStyle = this.text;
        things.sort((a, b) => Number(b.forceLabel ?? false) - Number(a.forceLabel ?? false) || b.size - a.size
            || (a.label! < b.label! ? -1 : 1));
        for (const thing of things) {
            const box = this.place(thing, context.measureText(thing.label!).width, across, taken);
            if (!box)
                continue;
            taken.push(box);
            context.strokeText(thing.label!, box.left, box.bottom - this.height / 3 - 1);
            context.fillText(thing.label!, box.left, box.bottom - this.height / 3 - 1);
        }
    }
}
