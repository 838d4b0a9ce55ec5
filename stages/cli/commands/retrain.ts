/**
 * `so-tagger retrain`: a later training window, kept only where it is better.
 *
 * @module
 */

import { type AddCommand, EXIT, type ExitCode } from '../command.ts';
import { wholeNumber } from '../options.ts';
import type { Promotion } from '../retrain/index.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly months: number;
  readonly grow?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export const retrain: AddCommand = (program, terminal, finish) => {
  program
    .command('retrain')
    .description('train on later months, and keep the model only if it is better beyond chance')
    .option('-m, --months <n>', 'compare on the last watched months, so many', wholeNumber(1, 120), 3)
    .option('--grow', 'keep the first training months; without, as many go as come')
    .option('--dry-run', 'say which months it would be and what would run; change nothing')
    .option('--json', 'print what was decided as JSON')
    .addHelpText(
      'after',
      '\nIt edits months in config.yaml and adds a line to promotions.jsonl: commit both.',
    )
    .action((flags: Flags) => finish(() => run(terminal, flags)));
};

async function run(terminal: Terminal, { months, grow, dryRun, json }: Flags): Promise<ExitCode> {
  const { pipelineIn, planRetraining, retrain: retrainNow, settingsOf } = await import('../retrain/index.ts');
  const { studyRoot } = await import('../study-project.ts');
  const { systemClock } = await import('../../io/index.ts');
  const root = studyRoot(terminal.cwd);
  const options = { root, months, keepsFirst: grow === true };
  const log = (message: string): void => {
    terminal.error(`${message}\n`);
  };
  const pipeline = pipelineIn(root, terminal.environment, terminal.error);
  if (dryRun === true) {
    const { now, then, compared } = planRetraining(options);
    terminal.out(
      `train    ${now.train.from} to ${now.train.to}  ->  ${then.train.from} to ${then.train.to}\n` +
        `watch    ${now.watch.from} to ${now.watch.to}  ->  ${then.watch.from} to ${then.watch.to}\n` +
        `compare  ${compared.from} to ${compared.to}\n`,
    );
    const settings = settingsOf(then).flatMap((setting) => ['--set-param', setting]);
    return (await pipeline.repro(['--dry', ...settings])) === 0 ? EXIT.done : EXIT.failed;
  }
  const signal = terminal.interrupted();
  try {
    const promotion = await retrainNow(options, { pipeline, clock: systemClock, log, signal });
    terminal.out(json === true ? `${JSON.stringify(promotion, undefined, 2)}\n` : textOf(promotion));
    if (promotion.decision === 'promoted')
      await moveAlias(terminal, root, promotion.challenger.model, signal);
    return EXIT.done;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  }
}

/** Where MLflow is configured, the alias moves with the model; if it cannot be told now, it is later. */
async function moveAlias(
  terminal: Terminal,
  root: string,
  model: string,
  signal: AbortSignal,
): Promise<void> {
  if ((terminal.environment['MLFLOW_TRACKING_URI'] ?? '') === '') return;
  const { homeOf, queue } = await import('../../track/index.ts');
  const { systemClock } = await import('../../io/index.ts');
  const { tellTracker } = await import('../tell-tracker.ts');
  queue(homeOf(root), { kind: 'champion', model }, systemClock.nowMs());
  await tellTracker(terminal, root, signal);
}

function textOf({ decision, champion, challenger, compared_on, questions, difference }: Promotion): string {
  const line = (name: string, { trained_on, f1_micro_all_tags }: Promotion['champion']): string =>
    `${name}  trained on ${trained_on.from} to ${trained_on.to}, micro F1 ${f1_micro_all_tags?.toFixed(4) ?? 'none'}\n`;
  const { value, low, high } = difference ?? { value: 0, low: 0, high: 0 };
  const interval =
    difference === null
      ? 'there is too little to compare\n'
      : `difference  ${value.toFixed(4)}, 95 % from ${low.toFixed(4)} to ${high.toFixed(4)}\n`;
  return [
    `On the ${questions} questions of ${compared_on.from} to ${compared_on.to}, over all their tags:\n`,
    line('champion  ', champion),
    line('challenger', challenger),
    interval,
    decision === 'promoted'
      ? 'Promoted: the challenger is in place. Commit config.yaml, dvc-like.lock and promotions.jsonl\n'
      : 'Kept: the challenger is not better beyond chance. Commit promotions.jsonl\n',
  ].join('');
}
