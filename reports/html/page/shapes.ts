// SPDX-License-Identifier: GPL-3.0-or-later
// shapes.ts - the shapes of the picture on the live map as well: organisations square, events as diamonds, topics as triangles.
import type { NodeProgramType } from 'sigma/rendering';
import { NodeCircleProgram, NodePointProgram } from 'sigma/rendering';

/** Points whose inside is where an expression of m, from -0.5 to 0.5 either way and downwards, is positive. */
function shaped(inside: string): NodeProgramType {
    const source = `
precision mediump float;
varying vec4 v_color;
varying float v_border;
void main(void) {
  vec2 m = gl_PointCoord - vec2(0.5, 0.5);
  float inside = ${inside};
  #ifdef PICKING_MODE
  gl_FragColor = inside > 0.0 ? v_color : vec4(0.0);
  #else
  gl_FragColor = mix(vec4(0.0), v_color, clamp(inside / v_border, 0.0, 1.0));
  #endif
}`;
    return class extends NodePointProgram {
        getDefinition() {
            return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE: source };
        }
    };
}

/** By the kind of a node; groups are round like people. */
export const SHAPES = ['circle', 'square', 'diamond', 'triangle'];
export const programs: Record<string, NodeProgramType> = {
    circle: NodeCircleProgram,
    square: shaped('0.42 - max(abs(m.x), abs(m.y))'),
    diamond: shaped('0.5 - abs(m.x) - abs(m.y)'),
    triangle: shaped('min(0.4 - m.y, 0.45 * (m.y + 0.5) - 0.8 * abs(m.x))'),
};
