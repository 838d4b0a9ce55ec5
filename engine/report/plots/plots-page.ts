/**
 * Plots as one page that needs nothing beside it, and runs nothing: charts are drawn, images are within.
 *
 * @module
 */

import { posix } from 'node:path';
import type { FileSystem } from '../../../cache/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import {
  anchorsIn,
  type Chart,
  type ChartPlot,
  fillTemplate,
  type ImagePlot,
  type JsonObject,
  type Plot,
} from '../../plots/index.ts';
import { escapeHtml } from '../escape-html.ts';
import { pageHead, readAsset } from '../page-head.ts';
import { type DrawChart, loadDrawChart } from './draw-chart.ts';

export interface PlotsPage {
  readonly html: string;
  /** Of charts that could not be drawn. */
  readonly problems: readonly Diagnostic[];
}

/** Pixels of a chart; of one of several side by side. */
const CHART = { width: 380, height: 260 };
const FACET = { width: 260, height: 260 };

/**
 * @param title Of the project.
 * @param fs Reads the style sheet, which lies beside this module.
 */
export async function plotsPage(
  plots: readonly Plot[],
  title: string,
  templateOf: (plot: ChartPlot) => JsonObject,
  fs: FileSystem,
): Promise<PlotsPage> {
  const hasCharts = plots.some((plot) => plot.kind === 'chart' && plot.chart !== undefined);
  const draw: DrawChart | undefined = hasCharts ? await loadDrawChart() : undefined;
  const figures: string[] = [];
  const problems: Diagnostic[] = [];
  for (const plot of plots) {
    if (plot.kind === 'images') figures.push(...imageFigure(plot));
    else if (plot.chart !== undefined && draw !== undefined) {
      const drawn = await chartFigure(plot, plot.chart, templateOf(plot), draw);
      if (typeof drawn === 'string') figures.push(drawn);
      else problems.push(drawn);
    }
  }
  const name = `${title}: plots`;
  const style = readAsset(fs, new URL('./plots-page-style.css', import.meta.url));
  const html = `${pageHead({ title: name, style, script: '' })}
<body>
<header><h1>${escapeHtml(name)}</h1>${revisionsText(plots)}</header>
<main>
${figures.join('\n')}
</main>
</body>
</html>
`;
  return { html, problems };
}

function revisionsText(plots: readonly Plot[]): string {
  const names = plots.flatMap((plot) =>
    plot.kind === 'images' ? plot.images.map(({ revision }) => revision) : (plot.chart?.revisions ?? []),
  );
  const distinct = [...new Set(names)];
  return `<p>${distinct.map((each) => `<code>${escapeHtml(each)}</code>`).join(' ')}</p>`;
}

async function chartFigure(
  plot: ChartPlot,
  chart: Chart,
  template: JsonObject,
  draw: DrawChart,
): Promise<string | Diagnostic> {
  const used = anchorsIn(template);
  const size = used.has('row') || (used.has('column') && chart.series.length > 1) ? FACET : CHART;
  const { title, ...spec } = fillTemplate(template, chart, size).content;
  const isHeading = title === chart.title || (title as JsonObject | undefined)?.['text'] === chart.title;
  const drawn = await draw(
    isHeading || title === undefined ? spec : { ...spec, title },
    descriptionOf(chart),
  );
  if (drawn.ok) return figure(plot, chart.title, `<div class="chart">${drawn.value}</div>`);
  return {
    code: 'E_PLOT_TEMPLATE',
    message: `Template "${plot.template ?? ''}" of "${plot.id}" ${drawn.error}`,
    place: plot.place,
    hint: 'begin with one that is there: "dvc-like plots templates linear"',
  };
}

function descriptionOf({ title, xLabel, yLabel, revisions, rows }: Chart): string {
  const points = rows.length === 1 ? 'one point' : `${rows.length} points`;
  return `${title}: ${yLabel} by ${xLabel}, ${points} of ${revisions.join(', ')}`;
}

function imageFigure(plot: ImagePlot): readonly string[] {
  if (plot.images.length === 0) return [];
  const images = plot.images.map(
    ({ revision, bytes }) =>
      `<div><p>${escapeHtml(revision)}</p><img alt="${escapeHtml(`${plot.id} of ${revision}`)}" src="data:${mediaType(plot.id)};base64,${bytes.toString('base64')}"></div>`,
  );
  return [figure(plot, plot.id, `<div class="images">${images.join('')}</div>`)];
}

/** What some revision lacks is said below. */
function figure(plot: Plot, title: string, content: string): string {
  const path = title === plot.id ? '' : `<p class="path">${escapeHtml(plot.id)}</p>`;
  const lacks = plot.problems.map(
    ({ revision, diagnostic }) =>
      `<p class="lack"><code>${escapeHtml(revision)}</code> ${escapeHtml(diagnostic.message)}</p>`,
  );
  return `<figure><figcaption><h2>${escapeHtml(title)}</h2>${path}</figcaption>${content}${lacks.join('')}</figure>`;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
};

const mediaType = (path: string): string => MEDIA_TYPES[posix.extname(path)]!;
