/**
 * A template with a chart's data, fields and labels in place of its anchors: a specification of Vega-Lite.
 *
 * The anchors and what goes into them are DVC's, so that a template made for DVC draws the same here.
 *
 * @module
 */

import type { Series } from './chart-data.ts';
import type { Chart } from './collect-plots.ts';
import { type Json, type JsonObject, jsonOf } from './json.ts';
import type { Row } from './read-source.ts';
import { anchor } from './templates.ts';

export interface FilledTemplate {
  readonly content: JsonObject;
  /** What goes into the anchors that were left in place, by anchor. */
  readonly left: JsonObject;
}

/** What tools that draw many charts fill in themselves. */
const LEFT_WHEN_SPLIT: ReadonlySet<string> = new Set([
  'color',
  'data',
  'plot_height',
  'plot_width',
  'shape',
  'stroke_dash',
  'title',
  'tooltip',
  'x_label',
  'y_label',
  'zoom_and_pan',
]);

/** There in every split answer, whether or not the template asks for them. */
const ALWAYS_LEFT: ReadonlySet<string> = new Set(['data', 'title', 'x_label', 'y_label']);

/** Of a template without any of these the rows name their files and fields. */
const LOOKS: readonly string[] = [
  'color',
  'column',
  'group_by',
  'group_by_x',
  'group_by_y',
  'pivot_field',
  'plot_height',
  'plot_width',
  'row',
  'shape',
  'stroke_dash',
  'tooltip',
  'zoom_and_pan',
];

const RANGES: Readonly<Record<'color' | 'shape' | 'stroke_dash', readonly Json[]>> = {
  color: ['#945dd6', '#13adc7', '#f46837', '#48bb78', '#4299e1', '#ed8936', '#f56565'],
  shape: ['circle', 'square', 'triangle', 'diamond'],
  // biome-ignore format: one line is easier to read
  stroke_dash: [[1, 0], [8, 8], [8, 4], [4, 4], [4, 2], [2, 1], [1, 1]],
};

const SEPARATOR = '::';
interface FillOptions {
  /** Anchors of looks and data stay in place. */
  readonly isSplit?: boolean;
  /** Pixels; 300 for other tools. */
  readonly width?: number;
  readonly height?: number;
}

export function fillTemplate(
  template: JsonObject,
  chart: Chart,
  { isSplit = false, width = 300, height = 300 }: FillOptions = {},
): FilledTemplate {
  const used = anchorsIn(template);
  const hasLooks = LOOKS.some((name) => used.has(name));
  const varied = variedKeys(chart.series);
  const values = new Map<string, Json>([
    ...(hasLooks
      ? [...looksOf(chart, varied), ['plot_width', width] as const, ['plot_height', height] as const]
      : []),
    ['title', chart.title],
    ['x', escaped(chart.x)],
    ['y', escaped(chart.y)],
    ['x_label', chart.xLabel],
    ['y_label', chart.yLabel],
    ['data', chart.rows.map((row) => jsonOf(hasLooks ? tidied(row, varied) : row))],
  ]);
  const isLeft = (name: string): boolean =>
    isSplit && LEFT_WHEN_SPLIT.has(name) && (used.has(name) || ALWAYS_LEFT.has(name));
  // What one series has no use for is filled even then.
  const left = [...values].filter(([name, value]) => isLeft(name) && !isNothing(value));
  const filled = new Map(
    [...values].filter(([name]) => !left.some(([each]) => each === name)).map(([k, v]) => [anchor(k), v]),
  );
  return {
    content: fill(template, filled) as JsonObject,
    left: Object.fromEntries(left.map(([name, value]) => [anchor(name), value])),
  };
}

/** Names of the anchors that stand alone in a text of the template. */
export function anchorsIn(template: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (json: Json): void => {
    if (typeof json === 'string') {
      const name = /^<DVC_METRIC_([A-Z_]+)>$/.exec(json)?.[1];
      if (name !== undefined) names.add(name.toLowerCase());
    } else if (json !== null && typeof json === 'object') Object.values(json as object).forEach(visit);
  };
  visit(template);
  return names;
}

/** @returns Of `filename` and `field`, those in which series differ; none where there is one series. */
function variedKeys(series: readonly Series[]): readonly ('filename' | 'field')[] {
  const files = new Set(series.map(({ file }) => file));
  const fields = new Set(series.map(({ field }) => field));
  return [...(files.size > 1 ? ['filename' as const] : []), ...(fields.size > 1 ? ['field' as const] : [])];
}

function looksOf(chart: Chart, varied: readonly string[]): readonly (readonly [string, Json])[] {
  const { x, y, revisions, series } = chart;
  const isOne = varied.length === 0;
  const key = varied.join(SEPARATOR);
  const groups = isOne ? ['rev'] : ['rev', key];
  const tooltip = ['rev', x, y, ...(isOne ? [] : [key])].map((field) => ({ field }));
  const facet: Json = isOne ? {} : { field: key, sort: [] };
  const domain = [
    ...new Set(
      series.map(({ file, field }) =>
        varied.map((name) => (name === 'filename' ? file : field)).join(SEPARATOR),
      ),
    ),
  ].sort();
  const bySeries = (name: 'shape' | 'stroke_dash'): Json =>
    isOne
      ? {}
      : {
          ...mapping(key, name, domain),
          legend: { symbolFillColor: 'transparent', symbolStrokeColor: 'grey' },
        };
  return [
    ['color', mapping('rev', 'color', revisions)],
    ['zoom_and_pan', { name: 'grid', select: 'interval', bind: 'scales' }],
    ['group_by', groups],
    ['group_by_x', [...groups, x]],
    ['group_by_y', [...groups, y]],
    ['pivot_field', ['rev', ...varied].map((name) => `datum.${name}`).join(` + '${SEPARATOR}' + `)],
    ['row', facet],
    ['column', facet],
    ['tooltip', tooltip],
    ['shape', bySeries('shape')],
    ['stroke_dash', bySeries('stroke_dash')],
  ];
}

const mapping = (field: string, name: keyof typeof RANGES, domain: readonly string[]): JsonObject => ({
  field,
  scale: { domain, range: domain.map((_, i) => RANGES[name][i % RANGES[name].length]!) },
});

/** With one field that tells the series apart, or none where there is one series. */
function tidied(row: Row, varied: readonly ('filename' | 'field')[]): Row {
  const tidy = new Map(row);
  if (varied.length === 2)
    tidy.set(varied.join(SEPARATOR), varied.map((name) => row.get(name) as string).join(SEPARATOR));
  for (const name of ['filename', 'field'] as const) {
    if (varied.length !== 1 || varied[0] !== name) tidy.delete(name);
  }
  return tidy;
}

/** Dots and brackets of a field's name lead nowhere. */
const escaped = (field: string): string => field.replace(/[.[\]]/g, '\\$&');

const isNothing = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function fill(json: Json, values: ReadonlyMap<string, Json>): Json {
  if (typeof json === 'string') return fillText(json, values);
  if (Array.isArray(json)) {
    return json.map((item: Json) =>
      typeof item === 'string' ? (values.get(item) ?? item) : fill(item, values),
    );
  }
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json as JsonObject).map(([key, item]) => [key, fill(item, values)]),
  );
}

/** A text that is an anchor becomes its value; an anchor in a longer text only where its value is a text. */
function fillText(text: string, values: ReadonlyMap<string, Json>): Json {
  const value = values.get(text);
  if (value !== undefined) return value;
  return text.replace(/<DVC_METRIC_[A-Z_]+>/g, (found) => {
    const part = values.get(found);
    return typeof part === 'string' ? part : found;
  });
}
