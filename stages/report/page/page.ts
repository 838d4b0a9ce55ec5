/**
 * The report as one HTML page.
 *
 * @module
 */

import { counted, type Html, html, loadDraw, renderPage } from '../../page/index.ts';
import type { Summary } from '../summary.ts';
import { type DataMonth, dataSection } from './sections/data.ts';
import { fallenSection } from './sections/fallen.ts';
import { headline } from './sections/headline.ts';
import { heatMapSection } from './sections/heat-map.ts';
import { type MadeFrom, madeFromSection } from './sections/made-from.ts';
import { type MonthsContent, monthsSection } from './sections/months.ts';
import { type Candidates, searchSection } from './sections/search.ts';
import { supportSection } from './sections/support.ts';
import { type ThresholdsContent, thresholdsSection } from './sections/thresholds.ts';

export interface PageContent {
  readonly summary: Summary;
  readonly reference: MonthsContent['reference'];
  /** What a reader must know of the data first; null where there is nothing. */
  readonly notice: string | null;
  /** What was planted, by month. */
  readonly planted: ReadonlyMap<string, string>;
  readonly trainedOn: { readonly from: string; readonly to: string };
  readonly minSupport: number;
  readonly falseDiscoveryRate: number;
  readonly thresholds: ThresholdsContent;
  readonly candidates: Candidates;
  readonly data: readonly DataMonth[];
  readonly madeFrom: MadeFrom;
}

export async function renderReport(content: PageContent): Promise<string> {
  const { summary, reference, notice, planted, trainedOn, minSupport, falseDiscoveryRate } = content;
  const draw = await loadDraw();
  const sections: readonly (readonly [id: string, name: string, section: Html])[] = [
    [
      'months',
      'Micro F1 by month',
      await monthsSection(draw, { months: summary.months, reference, planted }),
    ],
    ['heat', 'F1 by tag and month', await heatMapSection(draw, summary)],
    ['fallen', 'Less predictable tags', fallenSection(summary, minSupport, falseDiscoveryRate)],
    ['thresholds', 'Thresholds', await thresholdsSection(draw, content.thresholds)],
    ['support', 'Tags by support', await supportSection(draw, summary)],
    ['search', 'Search', await searchSection(draw, content.candidates)],
    ['data', 'Data', await dataSection(draw, content.data)],
    ['made', 'Made from', madeFromSection(content.madeFrom)],
  ];
  return renderPage({
    title: 'Tagging questions, month by month',
    notice,
    introduction: html`Trained on ${trainedOn.from} to ${trainedOn.to}, scored on the ${counted(summary.months.length, 'month')} after it.`,
    headline: headline(summary, reference),
    sections,
  });
}
