/**
 * `so-tagger runs`: what was tracked.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../track/index.ts';
import { type AddCommand, EXIT, type ExitCode } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly number: number;
  readonly send?: true;
  readonly json?: true;
}

export const runs: AddCommand = (program, terminal, finish) => {
  program
    .command('runs')
    .description('list the results that the stage "track" has seen, the last first')
    .option('-n, --number <n>', 'at most so many', wholeNumber(1), 20)
    .option('--send', 'first tell MLflow what it has not been told, however long it takes')
    .option('--json', 'print all that is known of them as JSON')
    .action((flags: Flags) => finish(() => run(terminal, flags)));
};

async function run(terminal: Terminal, { number, send, json }: Flags): Promise<ExitCode> {
  const { homeOf, readQueue, readRuns } = await import('../../track/index.ts');
  const { studyRoot } = await import('../study-project.ts');
  const root = studyRoot(terminal.cwd);
  const home = homeOf(root);
  if (send === true) {
    const { tellTracker } = await import('../tell-tracker.ts');
    await tellTracker(terminal, root, terminal.interrupted());
  }
  const records = readRuns(home).slice(0, number);
  const waiting = new Set(
    readQueue(home).flatMap(({ message }) => (message.kind === 'run' ? [message.run.fingerprint] : [])),
  );
  if (json === true) terminal.out(`${JSON.stringify(records, undefined, 2)}\n`);
  else if (records.length === 0)
    terminal.out('Nothing was tracked here yet: "dvc-like repro --force --single-item track" does it\n');
  else terminal.out(table(records, waiting, modelIn(root)));
  const isUnsent = send === true && readQueue(home).length > 0;
  return isUnsent ? EXIT.failed : EXIT.done;
}

/** The digest of the model that is in place. */
function modelIn(root: string): string | undefined {
  const path = join(root, 'models/supervised/manifest.json');
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
}

function table(
  records: readonly RunRecord[],
  waiting: ReadonlySet<string>,
  model: string | undefined,
): string {
  const metric = ({ results }: RunRecord, key: string): string => {
    const value = results.metrics.find((each) => each.key === key)?.value;
    return typeof value === 'number' ? value.toFixed(4) : '-';
  };
  return textTable(
    ['run', 'tracked', 'trained on', 'watched', 'F1 held out', 'F1 watched', 'model', ''],
    records.map((record) => [
      record.fingerprint.slice(0, 8),
      new Date(record.atMs).toISOString().slice(0, 16).replace('T', ' '),
      record.results.facts['trained_on'] ?? '-',
      record.results.facts['watched'] ?? '-',
      metric(record, 'evaluate/f1_micro'),
      metric(record, 'f1_micro'),
      record.results.model.slice(0, 8),
      [
        ...(record.results.model === model ? ['in place'] : []),
        ...(waiting.has(record.fingerprint) ? ['waits for MLflow'] : []),
      ].join(', '),
    ]),
    [4, 5],
  );
}
