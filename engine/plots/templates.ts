/**
 * The templates that are always there: Vega-Lite with anchors where a plot's own goes, under the names that DVC gives them
 * and for the same pictures.
 *
 * What moves in a browser (zoom, the values under the pointer) is part of them: they are printed for other tools too.
 *
 * @module
 */

import type { Json, JsonObject } from './json.ts';

/** Where a plot's `name` goes in a template. */
export const anchor = (name: string): string => `<DVC_METRIC_${name.toUpperCase()}>`;

const FRAME: JsonObject = {
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  title: { text: anchor('title'), anchor: 'middle' },
  data: { values: anchor('data') },
};

const SIZED: JsonObject = { ...FRAME, width: anchor('plot_width'), height: anchor('plot_height') };

const ZOOMED: JsonObject = { params: [anchor('zoom_and_pan')] };

type Type = 'quantitative' | 'nominal';

const axis = (name: 'x' | 'y', type: Type, more: JsonObject = {}): JsonObject => ({
  field: anchor(name),
  type,
  title: anchor(`${name}_label`),
  ...more,
});

/** A line's vertical axis shows where it moves, not how far that is from zero. */
const MOVING_Y = axis('y', 'quantitative', { scale: { zero: false } });

const SIMPLE: JsonObject = {
  ...SIZED,
  ...ZOOMED,
  mark: { type: 'line', tooltip: true },
  encoding: {
    x: axis('x', 'quantitative'),
    y: MOVING_Y,
    color: anchor('color'),
    strokeDash: anchor('stroke_dash'),
    tooltip: anchor('tooltip'),
  },
};

const LINE: JsonObject = { ...ZOOMED, mark: 'line', encoding: { y: MOVING_Y } };

/** Where each line ends. */
const LAST_POINTS: JsonObject = {
  mark: { type: 'circle', size: 28, opacity: 1 },
  encoding: {
    x: axis('x', 'quantitative', { aggregate: 'max' }),
    y: { ...MOVING_Y, aggregate: { argmax: anchor('x') } },
  },
};

/** The values of all lines where the pointer is. */
const VALUES_THERE: JsonObject = {
  transform: [
    { calculate: anchor('pivot_field'), as: 'line' },
    { pivot: 'line', value: anchor('y'), op: 'mean', groupby: [anchor('x')] },
  ],
  params: [
    {
      name: 'there',
      select: {
        type: 'point',
        fields: [anchor('x')],
        nearest: true,
        on: 'pointerover',
        clear: 'pointerout',
      },
    },
  ],
  mark: { type: 'rule', color: 'gray', tooltip: { content: 'data' } },
  encoding: {
    opacity: { condition: { param: 'there', empty: false, value: 0.4 }, value: 0 },
    color: { value: 'gray' },
    strokeDash: { value: [1, 0] },
  },
};

const lines = (...layers: readonly JsonObject[]): JsonObject => ({
  ...SIZED,
  encoding: {
    x: axis('x', 'quantitative'),
    color: anchor('color'),
    strokeDash: anchor('stroke_dash'),
  },
  layer: [...layers, LAST_POINTS, VALUES_THERE],
});

const LINEAR = lines(LINE);

const SMOOTH: JsonObject = {
  ...lines(
    {
      ...LINE,
      transform: [
        {
          loess: anchor('y'),
          on: anchor('x'),
          groupby: anchor('group_by'),
          bandwidth: { signal: 'smoothing' },
        },
      ],
    },
    { mark: { type: 'line', opacity: 0.25 }, encoding: { y: MOVING_Y } },
  ),
  params: [{ name: 'smoothing', value: 0.3, bind: { input: 'range', min: 0.01, max: 1, step: 0.01 } }],
};

const points = (type: Type, more: JsonObject): JsonObject => ({
  ...SIZED,
  mark: { type: 'point', tooltip: true },
  encoding: {
    x: axis('x', type),
    y: axis('y', type),
    color: anchor('color'),
    shape: anchor('shape'),
    tooltip: anchor('tooltip'),
    ...more,
  },
});

const SCATTER: JsonObject = { ...points('quantitative', {}), ...ZOOMED };

/** Points of equal classes, pushed apart at random. */
const SCATTER_JITTER: JsonObject = {
  ...points('nominal', {
    xOffset: { field: 'aside', type: 'quantitative' },
    yOffset: { field: 'along', type: 'quantitative' },
  }),
  transform: [
    { calculate: 'random()', as: 'aside' },
    { calculate: 'random()', as: 'along' },
  ],
};

const bars = (more: JsonObject): JsonObject => ({
  ...SIZED,
  ...ZOOMED,
  mark: 'bar',
  encoding: {
    x: axis('x', 'quantitative', { scale: { zero: false } }),
    y: axis('y', 'nominal', more),
    yOffset: { field: 'rev', sort: [] },
    color: anchor('color'),
    column: anchor('column'),
  },
});

/** Cells of how often each pair of classes occurs, those that do not occur included; a matrix for each revision. */
const confusion = (
  measured: readonly Json[],
  field: string,
  scale: JsonObject,
  format: string,
): JsonObject => ({
  ...FRAME,
  facet: { column: { field: 'rev', sort: [], title: null }, row: anchor('row') },
  spec: {
    width: anchor('plot_width'),
    height: anchor('plot_height'),
    transform: [
      { aggregate: [{ op: 'count', as: 'times' }], groupby: [anchor('x'), anchor('y')] },
      { impute: 'times', key: anchor('x'), groupby: anchor('group_by_y'), value: 0 },
      { impute: 'times', key: anchor('y'), groupby: anchor('group_by_x'), value: 0 },
      ...measured,
    ],
    encoding: {
      x: axis('x', 'nominal', { sort: 'ascending' }),
      y: axis('y', 'nominal', { sort: 'ascending' }),
    },
    layer: [
      {
        mark: 'rect',
        encoding: {
          color: { field, type: 'quantitative', title: '', scale },
          tooltip: [
            { field: anchor('x'), type: 'nominal' },
            { field: anchor('y'), type: 'nominal' },
            { field, type: 'quantitative', format },
          ],
        },
      },
      {
        mark: 'text',
        encoding: {
          text: { field, type: 'quantitative', format },
          color: { condition: { test: 'datum.part > 0.5', value: 'white' }, value: 'black' },
        },
      },
    ],
  },
});

const CONFUSION = confusion(
  [
    { joinaggregate: [{ op: 'max', field: 'times', as: 'most' }], groupby: [] },
    { calculate: 'datum.times / datum.most', as: 'part' },
  ],
  'times',
  { domainMin: 0, nice: true },
  'd',
);

const CONFUSION_NORMALIZED = confusion(
  [
    { joinaggregate: [{ op: 'sum', field: 'times', as: 'all' }], groupby: [anchor('y')] },
    { calculate: 'datum.times / datum.all', as: 'part' },
  ],
  'part',
  { domain: [0, 1] },
  '.2f',
);

export const DEFAULT_TEMPLATE = 'linear';

/** By name, in the order in which they are listed. */
export const TEMPLATES: ReadonlyMap<string, JsonObject> = new Map([
  ['simple', SIMPLE],
  ['linear', LINEAR],
  ['confusion', CONFUSION],
  ['confusion_normalized', CONFUSION_NORMALIZED],
  ['scatter', SCATTER],
  ['scatter_jitter', SCATTER_JITTER],
  ['smooth', SMOOTH],
  ['bar_horizontal_sorted', bars({ sort: '-x' })],
  ['bar_horizontal', bars({})],
]);
