/**
 * A recorded run as one page that needs nothing beside it: its timeline, its stages with their reasons, and how they
 * hang together.
 *
 * @module
 */

import type { FileSystem } from '../../../../cache/index.ts';
import { durationOf, type RunRecord, type RunResult, type StageRecord } from '../../../runs/index.ts';
import { escapeHtml, scriptJson } from '../../escape-html.ts';
import { pageHead, readAsset } from '../../page-head.ts';
import { durationText } from '../../run-reporter.ts';
import { sizeText } from '../../size-text.ts';
import { lanesOf } from '../lanes.ts';
import { localTime, runCountsText } from '../run-list-text.ts';

/** Beyond so many the page would be a burden to open. */
const SHOWN_STAGES = 2000;
const LONGEST_REASON = 160;
const SHOWN_REASONS = 8;

/**
 * @param title Of the project.
 * @param fs Reads the style sheet and the script, which lie beside this module.
 */
export function runPage(record: RunRecord, result: RunResult, title: string, fs: FileSystem): string {
  const style = readAsset(fs, new URL('./run-page-style.css', import.meta.url));
  const script = readAsset(fs, new URL('./run-page-script.js', import.meta.url));
  const name = `${title}: run ${record.id}`;
  const jobs = record.jobs === 1 ? 'one job' : `${record.jobs} jobs`;
  const facts = [
    ['Result', record.end.kind === 'ended' ? `${result}, exit code ${record.end.exitCode}` : result],
    ['Started', localTime(record.startedAt)],
    ['Took', `${durationText(durationOf(record))} with ${jobs}`],
    ['Command', `dvc-like ${record.args.join(' ')}`],
    ...(record.revision === undefined ? [] : [['Revision', record.revision.slice(0, 12)]]),
    ['Stages', runCountsText(record)],
  ];
  const left = record.stages.length - SHOWN_STAGES;
  return `${pageHead({ title: name, style, script })}
<body>
<header>
<h1>${escapeHtml(name)}</h1>
<dl class="facts" data-result="${result}">${facts.map(([key, value]) => `<div><dt>${key!}</dt><dd>${escapeHtml(value!)}</dd></div>`).join('')}</dl>
</header>
<main>
<section class="timeline" aria-label="Timeline">
<div class="bar">
<h2>Timeline</h2>
<div role="group" aria-label="Zoom">
<button id="zoom-in" type="button" title="Zoom in (+)" aria-label="Zoom in">+</button>
<button id="zoom-out" type="button" title="Zoom out (-)" aria-label="Zoom out">−</button>
<button id="zoom-fit" type="button" title="Whole run (0)" aria-label="Whole run">Fit</button>
</div>
</div>
<div id="scroll" tabindex="-1"><svg id="chart" role="group" aria-label="Stages by slot; arrow keys go from one to the next, Enter opens"></svg></div>
</section>
<section class="stages" aria-label="Stages">
<div class="bar">
<h2>Stages</h2>
<label class="search"><span>Search</span><input id="search" type="search" placeholder="name, outcome, reason ( / )" autocomplete="off" spellcheck="false"></label>
<output id="found" for="search"></output>
</div>
${left > 0 ? `<p>The first ${SHOWN_STAGES} of ${record.stages.length} stages; <code>dvc-like runs show ${record.id} --json</code> has all.</p>` : ''}
<div class="wide"><table><thead><tr><th>Stage</th><th>Outcome</th><th>Took</th><th>CPU</th><th>Memory</th><th>Why</th></tr></thead><tbody id="rows"></tbody></table></div>
</section>
<aside id="panel" aria-labelledby="panel-title" hidden></aside>
</main>
<script type="application/json" id="data">${scriptJson(pageData(record))}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** Stages refer to each other, and to reasons, by number: names and texts are written once. */
function pageData(record: RunRecord): object {
  const stages = record.stages.slice(0, SHOWN_STAGES);
  const totalMs = durationOf(record);
  const numbers = new Map(stages.map(({ name }, i) => [name, i]));
  const reasons = new Map<string, number>();
  const reasonNumber = (text: string): number => {
    const short = text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON - 1)}…` : text;
    if (!reasons.has(short)) reasons.set(short, reasons.size);
    return reasons.get(short)!;
  };
  const timed = stages.flatMap((stage, i) => {
    const { startMs, durationMs } = stage;
    return startMs === undefined
      ? []
      : [{ i, startMs, endMs: durationMs === undefined ? totalMs : startMs + durationMs }];
  });
  const lanes = lanesOf(timed);
  const places = new Map(timed.map(({ i, startMs, endMs }, k) => [i, [lanes[k]!, startMs, endMs]]));
  const rows = stages.map((stage, i) => [
    stage.name,
    stage.outcome,
    places.get(i) ?? null,
    [
      measure(stage.durationMs, durationText),
      measure(stage.cpuMs, durationText),
      measure(stage.maxRssBytes, sizeText),
    ],
    reasonsOf(stage).map(reasonNumber),
    stage.needs.flatMap((name) => numbers.get(name) ?? []),
    stage.errors.map((text) => text.slice(0, 2 * LONGEST_REASON)),
    stage.signal ?? stage.exitCode ?? null,
  ]);
  return { totalMs, lanes: Math.max(0, ...lanes) + 1, stages: rows, reasons: [...reasons.keys()] };
}

function reasonsOf({ because }: StageRecord): readonly string[] {
  const texts = because.slice(0, SHOWN_REASONS).map(({ text }) => text);
  const left = because.length - texts.length;
  return left > 0 ? [...texts, `and ${left} more`] : texts;
}

const measure = (value: number | undefined, toText: (value: number) => string): string =>
  value === undefined ? '' : toText(value);
