/**
 * One recorded run for people: what each stage did, why, when, and what it took.
 *
 * @module
 */

import { durationOf, type RunRecord, type RunResult, type StageRecord } from '../../runs/index.ts';
import { durationText } from '../run-reporter.ts';
import { sizeText } from '../size-text.ts';
import { alignedText } from '../values/table-text.ts';
import { localTime, runCountsText } from './run-list-text.ts';

const BAR_COLUMNS = 20;

/** Lines, the last one without a line break. */
export function runText(record: RunRecord, result: RunResult): string {
  const exit = record.end.kind === 'ended' && result !== 'done' ? `, exit code ${record.end.exitCode}` : '';
  const jobs = record.jobs === 1 ? 'one job' : `${record.jobs} jobs`;
  const head = [
    `Run ${record.id}: ${result}${exit}`,
    `Started:  ${localTime(record.startedAt)}, took ${durationText(durationOf(record))} with ${jobs}`,
    `Command:  dvc-like ${record.args.join(' ')}`,
    ...(record.revision === undefined ? [] : [`Revision: ${record.revision}`]),
    `Stages:   ${runCountsText(record)}`,
  ];
  const errors = record.stages.flatMap((stage) => stage.errors);
  return [
    ...head,
    ...(record.stages.length === 0 ? [] : ['', tableText(record)]),
    ...(errors.length === 0 ? [] : ['', ...errors]),
  ].join('\n');
}

function tableText(record: RunRecord): string {
  const totalMs = Math.max(1, durationOf(record));
  return alignedText({
    header: ['stage', 'outcome', 'when', 'took', 'cpu', 'memory', 'why'],
    rows: record.stages.map((stage) => [
      stage.name,
      stage.outcome,
      barText(stage, totalMs),
      stage.durationMs === undefined ? '' : durationText(stage.durationMs),
      stage.cpuMs === undefined ? '' : durationText(stage.cpuMs),
      stage.maxRssBytes === undefined ? '' : sizeText(stage.maxRssBytes),
      becauseText(stage),
    ]),
  }).trimEnd();
}

/** Where in the run it was: at least one mark. */
function barText({ startMs, durationMs }: StageRecord, totalMs: number): string {
  if (startMs === undefined) return '';
  const endMs = durationMs === undefined ? totalMs : startMs + durationMs;
  const from = Math.min(BAR_COLUMNS - 1, Math.floor((startMs / totalMs) * BAR_COLUMNS));
  const to = Math.max(from + 1, Math.min(BAR_COLUMNS, Math.ceil((endMs / totalMs) * BAR_COLUMNS)));
  return `${'·'.repeat(from)}${'█'.repeat(to - from)}${'·'.repeat(BAR_COLUMNS - to)}`;
}

const WIDEST_REASON = 80;

function becauseText({ because }: StageRecord): string {
  const [first, ...rest] = because;
  if (first === undefined) return '';
  const text =
    first.text.length > WIDEST_REASON ? `${first.text.slice(0, WIDEST_REASON - 3)}...` : first.text;
  return rest.length === 0 ? text : `${text}, and ${rest.length} more`;
}
