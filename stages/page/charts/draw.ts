/**
 * Charts: Vega-Lite drawn to SVG, when the page is made.
 *
 * No canvas, no fonts: the width of a text is a fixed estimate, so that the same chart is the same bytes everywhere.
 * Colours are the page's variables, so that a chart follows the page into the dark.
 *
 * @module
 */

import type { Config, TopLevelSpec } from 'vega-lite';
import { type Html, html } from '../html.ts';
import { type Caption, tidySvg } from './tidy-svg.ts';

/** Draws one. Ids on the page are made of the caption's. */
export type Draw = (caption: Caption, spec: TopLevelSpec) => Promise<Html>;

/** Of a letter, in parts of the height of its font. */
const LETTER_WIDTH = 0.58;

const FONT_SIZE = 11;

const CONFIG: Config = {
  font: 'system-ui',
  background: 'transparent',
  view: { stroke: null },
  axis: {
    aria: false,
    domainColor: 'var(--line)',
    gridColor: 'var(--line)',
    tickColor: 'var(--line)',
    labelColor: 'var(--quiet)',
    titleColor: 'var(--quiet)',
    labelFontSize: FONT_SIZE,
    titleFontSize: FONT_SIZE,
    titleFontWeight: 'normal',
    labelLimit: 200,
  },
  text: { fontSize: FONT_SIZE },
  mark: { aria: false },
};

type TextWidth = (item: { readonly fontSize?: number }, text: unknown) => number;

/** Loads Vega: some 0.3 s. */
export async function loadDraw(): Promise<Draw> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  // Its types leave out what measures texts.
  const { textMetrics } = vega as unknown as { readonly textMetrics: { width: TextWidth } };
  textMetrics.width = ({ fontSize = FONT_SIZE }, text) =>
    Math.ceil(String(text).length * LETTER_WIDTH * fontSize);
  return async (caption, spec) => {
    const { spec: program } = compile({ ...spec, config: CONFIG });
    const view = new vega.View(vega.parse(program), { renderer: 'none', logLevel: vega.Error });
    try {
      return tidySvg(await view.toSVG(), caption);
    } finally {
      view.finalize();
    }
  };
}

/** For the desk and for the phone: the page shows the one that fits. */
export async function drawForBoth(
  draw: Draw,
  caption: Caption,
  specOf: (width: number) => TopLevelSpec,
): Promise<Html> {
  const wide = await draw({ ...caption, id: `${caption.id}-wide` }, specOf(WIDE));
  const narrow = await draw({ ...caption, id: `${caption.id}-narrow` }, specOf(NARROW));
  return html`<div class="for-wide">${wide}</div><div class="for-narrow">${narrow}</div>`;
}

const WIDE = 860;
const NARROW = 326;
