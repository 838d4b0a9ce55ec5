/**
 * Charts: Vega-Lite drawn to SVG, when the page is made.
 *
 * No canvas, no fonts: the width of a text is a fixed estimate, and chance always begins alike, so that the same chart is
 * the same bytes everywhere. What is not coloured by a template takes the page's colours, also in the dark.
 *
 * @module
 */

import type { Config, TopLevelSpec } from 'vega-lite';
import { err, ok, type Result } from '../../../cache/index.ts';
import type { JsonObject } from '../../plots/index.ts';
import { tidySvg } from './tidy-svg.ts';

/** @returns An SVG element; a message where Vega cannot draw it. */
export type DrawChart = (spec: JsonObject, description: string) => Promise<Result<string, string>>;

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
  },
  legend: {
    aria: false,
    orient: 'bottom',
    // Its types know no layout.
    ...({ layout: { bottom: { direction: 'vertical', anchor: 'start', margin: 6 } } } as object),
    columns: 3,
    symbolOpacity: 1,
    labelColor: 'var(--ink)',
    titleColor: 'var(--quiet)',
    labelFontSize: FONT_SIZE,
    titleFontSize: FONT_SIZE,
    titleFontWeight: 'normal',
  },
  header: { labelColor: 'var(--ink)', titleColor: 'var(--quiet)', labelFontSize: FONT_SIZE },
  title: { color: 'var(--ink)' },
  mark: { aria: false },
};

/** What Vega's types leave out. */
interface Inner {
  readonly textMetrics: {
    width: (item: { readonly fontSize?: number }, text: unknown) => number;
  };
  readonly setRandom: (random: () => number) => void;
  readonly randomLCG: (seed: number) => () => number;
}

const SILENT = {
  level: () => SILENT,
  error: () => SILENT,
  warn: () => SILENT,
  info: () => SILENT,
  debug: () => SILENT,
} as never;

/** Loads Vega: some 0.3 s. */
export async function loadDrawChart(): Promise<DrawChart> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { textMetrics, setRandom, randomLCG } = vega as unknown as Inner;
  textMetrics.width = ({ fontSize = FONT_SIZE }, text) =>
    Math.ceil(String(text).length * LETTER_WIDTH * fontSize);
  return async (spec, description) => {
    const wanted: string[] = [];
    const refuse = (uri: string): Promise<never> => {
      wanted.push(uri);
      return Promise.reject(new Error(`not loaded: ${uri}`));
    };
    const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as never;
    setRandom(randomLCG(1));
    try {
      const { spec: program } = compile(spec as unknown as TopLevelSpec, { config: CONFIG, logger: SILENT });
      const view = new vega.View(vega.parse(program), { renderer: 'none', loader, logger: SILENT });
      try {
        const svg = await view.toSVG();
        return wanted.length === 0
          ? ok(tidySvg(svg, description))
          : err(`asks for "${wanted[0]!}", and a page has nothing beside it`);
      } finally {
        view.finalize();
      }
    } catch (error) {
      // Vega throws whatever a specification that it cannot use leads to.
      return err(`cannot be drawn: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}
