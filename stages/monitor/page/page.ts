/**
 * The monitoring page.
 *
 * @module
 */

import { counted, decimal, html, loadDraw, NOTHING, renderPage } from '../../page/index.ts';
import { columnsSection } from './columns.ts';
import type { Content } from './content.ts';
import { driftSection } from './drift.ts';
import { fallsSection } from './falls.ts';
import { headline } from './headline.ts';
import { newTagsSection } from './new-tags.ts';
import { scoresSection } from './scores.ts';
import { servedSection } from './served.ts';

export async function renderMonitoring(content: Content): Promise<string> {
  const { inputs, monitoring, status } = content;
  const draw = await loadDraw();
  const { trainedOn } = inputs;
  return renderPage({
    title: 'Is the tagger still right?',
    notice: inputs.notice,
    introduction: html`Trained on ${trainedOn.from} to ${trainedOn.to}, watched for the ${counted(monitoring.months.length, 'month')} after it${status.f1_micro === null ? NOTHING : html`; micro F1 in ${status.month ?? ''}: ${decimal(status.f1_micro)}`}.`,
    headline: headline(content),
    sections: [
      ['scores', 'Micro F1', await scoresSection(draw, content)],
      ['drift', 'What drifted when', await driftSection(draw, content)],
      ['columns', 'Reference and current', await columnsSection(draw, content)],
      ...(monitoring.served === null
        ? []
        : ([['served', 'Questions that were asked', servedSection(monitoring.served)]] as const)),
      ['falls', 'Tags that got worse', fallsSection(content)],
      ['new', 'New tags', newTagsSection(content)],
    ],
  });
}
