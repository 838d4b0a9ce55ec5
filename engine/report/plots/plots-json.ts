/**
 * Plots as JSON, in the shape that DVC prints.
 *
 * @module
 */

import {
  type ChartPlot,
  type FilledTemplate,
  fillTemplate,
  type ImagePlot,
  type Json,
  type JsonObject,
  type Plot,
} from '../../plots/index.ts';

export interface PlotsJsonOptions {
  readonly templateOf: (plot: ChartPlot) => JsonObject;
  /** Where an image of a plot has been written. */
  readonly urlOf: (plot: ImagePlot, revision: string) => string;
  /** What goes into the anchors stands beside the specification. */
  readonly isSplit: boolean;
}

export function plotsJson(plots: readonly Plot[], options: PlotsJsonOptions): JsonObject {
  const errors = plots.flatMap(({ id, problems }) =>
    problems.map(({ revision, source, diagnostic }) => ({
      name: id,
      rev: revision,
      ...(source === undefined ? {} : { source }),
      type: diagnostic.code,
      msg: diagnostic.message,
    })),
  );
  const data = Object.fromEntries(plots.map((plot) => [plot.id, partsOf(plot, options)]));
  return { ...(errors.length === 0 ? {} : { errors }), ...(plots.length === 0 ? {} : { data }) };
}

function partsOf(plot: Plot, { templateOf, urlOf, isSplit }: PlotsJsonOptions): readonly Json[] {
  if (plot.kind === 'images') {
    return plot.images.map(({ revision }) => ({
      type: 'image',
      revisions: [revision],
      url: urlOf(plot, revision),
    }));
  }
  if (plot.chart === undefined) return [];
  const { content, left }: FilledTemplate = fillTemplate(templateOf(plot), plot.chart, { isSplit });
  const { revisions } = plot.chart;
  return [{ type: 'vega', revisions, content, ...(isSplit ? { anchor_definitions: left } : {}) }];
}
