/**
 * The graph as SVG: boxes where dagre puts them, smooth lines between. What it looks like is left to a style sheet:
 * `.stage` and `.link` are its classes, `data-state` tells the state.
 *
 * @module
 */

import { escapeHtml } from '../../escape-html.ts';
import { SIGNS } from '../../status-text.ts';
import type { DrawnGraph, DrawnNode } from '../drawn-graph.ts';
import type { Layout, Point } from '../layout.ts';
import { columnsOf, shownText, wrapLabel } from '../terminal/wrap-label.ts';

export interface GraphSvg {
  readonly width: number;
  readonly height: number;
  /** `<g>` elements, in a coordinate system that begins at 0, 0. */
  readonly content: string;
}

/** Pixels; of a monospaced font at 13px, somewhat more than it takes. */
const CHARACTER_WIDTH = 7.9;
const LINE_HEIGHT = 18;
const PADDING_X = 14;
const PADDING_Y = 10;
const LABEL_COLUMNS = 30;
const SIGN_WIDTH = 2 * CHARACTER_WIDTH;

export function graphSvg(graph: DrawnGraph, layout: Layout): GraphSvg {
  const lines = new Map(graph.nodes.map(({ id, label }) => [id, wrapLabel(shownText(label), LABEL_COLUMNS)]));
  const boxes = graph.nodes.map(({ id, state }) => {
    const text = lines.get(id)!;
    const sign = state === undefined ? 0 : SIGN_WIDTH;
    return {
      id,
      width: Math.max(...text.map(columnsOf)) * CHARACTER_WIDTH + sign + 2 * PADDING_X,
      height: text.length * LINE_HEIGHT + 2 * PADDING_Y,
    };
  });
  const { middles, paths, width, height } = layout(boxes, graph.edges, {
    nodeGap: 28,
    edgeGap: 14,
    layerGap: 46,
  });
  const heights = new Map(boxes.map(({ id, height: boxHeight }) => [id, boxHeight]));
  const passing = Math.max(0, ...heights.values()) / 2;
  const links = graph.edges.map(([from, to], i) => {
    const start = middles.get(from)!;
    const end = middles.get(to)!;
    const d = pathOf(
      { x: start.x, y: start.y + heights.get(from)! / 2 },
      layersPassed(paths[i]!).map(({ x, y }) => ({ x, top: y - passing, bottom: y + passing })),
      { x: end.x, y: end.y - heights.get(to)! / 2 },
    );
    return `<path class="link" data-from="${escapeHtml(from)}" data-to="${escapeHtml(to)}" d="${d}"/>`;
  });
  const stages = graph.nodes.map((node, i) => {
    const { width: boxWidth, height: boxHeight } = boxes[i]!;
    const { x, y } = middles.get(node.id)!;
    const at = { x: x - boxWidth / 2, y: y - boxHeight / 2 };
    return stageSvg(node, lines.get(node.id)!, at, boxWidth, boxHeight);
  });
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    content: `<g class="links">\n${links.join('\n')}\n</g>\n<g class="stages">\n${stages.join('\n')}\n</g>`,
  };
}

function stageSvg(
  { id, label, members, state }: DrawnNode,
  lines: readonly string[],
  at: Point,
  width: number,
  height: number,
): string {
  const left = PADDING_X + (state === undefined ? 0 : SIGN_WIDTH);
  const baseline = (i: number): number => PADDING_Y + (i + 0.72) * LINE_HEIGHT;
  const sign =
    state === undefined
      ? ''
      : `<text class="sign" x="${PADDING_X}" y="${px(baseline(0))}">${escapeHtml(SIGNS[state])}</text>`;
  const texts = lines.map(
    (line, i) => `<text x="${px(left)}" y="${px(baseline(i))}">${escapeHtml(line)}</text>`,
  );
  const box = (inset: number): string =>
    `<rect x="${inset}" y="${inset}" width="${px(width)}" height="${px(height)}" rx="7"/>`;
  // A group lies as a pile.
  const pile = members.length > 1 ? box(4) : '';
  return (
    `<g class="stage" data-id="${escapeHtml(id)}" data-state="${state ?? 'none'}" tabindex="0" role="button" ` +
    `aria-label="${escapeHtml(shownText(label))}${state === undefined ? '' : `, ${state}`}" ` +
    `transform="translate(${px(at.x)} ${px(at.y)})">${pile}${box(0)}${sign}${texts.join('')}</g>`
  );
}

/** dagre's points: the border, then by turns between two layers and in a layer, the border. */
const layersPassed = (points: readonly Point[]): readonly Point[] =>
  points.slice(1, -1).filter((_, i) => i % 2 === 1);

interface Passage {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** Straight down through each layer that is passed, bent between them. */
function pathOf(start: Point, passages: readonly Passage[], end: Point): string {
  const parts = [`M${pair(start)}`];
  let from = start;
  for (const { x, top, bottom } of passages) {
    parts.push(bend(from, { x, y: top }), `V${px(bottom)}`);
    from = { x, y: bottom };
  }
  return [...parts, bend(from, end)].join('');
}

/** Leaves and arrives upright. */
function bend(from: Point, to: Point): string {
  const y = (from.y + to.y) / 2;
  return `C${pair({ x: from.x, y })} ${pair({ x: to.x, y })} ${pair(to)}`;
}

const pair = ({ x, y }: Point): string => `${px(x)} ${px(y)}`;

const px = (value: number): string => String(Math.round(value * 10) / 10);
