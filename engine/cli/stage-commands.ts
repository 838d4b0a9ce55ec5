/**
 * The commands about single stages: `stage add` and `stage list`.
 *
 * @module
 */

import { type Command, Option } from 'commander';
import type { StageAddFlags } from './stage-add.ts';
import type { StageListFlags } from './stage-list.ts';
import type { Terminal } from './terminal.ts';

/** Of an option that may be given several times. */
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** @param finish Takes the exit code of the command that was given. */
export function addStageCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  const stage = program.command('stage').description('about single stages').enablePositionalOptions();
  stage
    .command('list')
    .description('list the stages')
    .argument(
      '[targets...]',
      'stages, groups, manifests (default: all; in a DVC repository those of ./dvc.yaml)',
    )
    .option('--all', 'all stages and .dvc files')
    .option('--fail', 'in a DVC repository: fail where a file of stages cannot be read')
    .option('-R, --recursive', 'a directory stands for all stages that are declared in it and below it')
    .option('--name-only', 'only names')
    .addOption(new Option('--names-only').implies({ nameOnly: true }).hideHelp())
    .option('--json', 'print JSON, for scripts')
    .action((targets: string[], options: StageListFlags) =>
      finish(import('./stage-list.ts').then(({ stageList }) => stageList(terminal, targets, options))),
    );
  stage
    .command('add')
    .description('write a stage into the manifest; what else stands in it stays as it is')
    .argument('<command...>', 'the command, as it would be typed; flags for "stage add" stand before it')
    .requiredOption('-n, --name <name>', 'what the stage is called')
    .option('-d, --deps <path>', 'a file or directory that it reads; repeatable, as all that follow', collect)
    .option('-p, --params <[file:]keys>', 'params that it depends on, parted by commas', collect)
    .option('-o, --outs <path>', 'a file or directory that it makes', collect)
    .option('-O, --outs-no-cache <path>', 'the same, not kept in the cache', collect)
    .option('-c, --outs-persist <path>', 'an out that is not removed before a run', collect)
    .option('--outs-persist-no-cache <path>', 'the same, not kept in the cache', collect)
    .option('-m, --metrics <path>', 'a file of metrics that it makes', collect)
    .option('-M, --metrics-no-cache <path>', 'the same, not kept in the cache', collect)
    .option('--plots <path>', 'a file of plots that it makes', collect)
    .option('--plots-no-cache <path>', 'the same, not kept in the cache', collect)
    .option('-w, --wdir <path>', 'where it runs; its paths are relative to that')
    .option('--always-changed', 'it runs each time')
    .option('--desc <text>', 'what it is for')
    .option('-f, --force', 'replace the stage of that name')
    .option('--run', 'then run it')
    .passThroughOptions()
    .action((words: string[], options: StageAddFlags) =>
      finish(import('./stage-add.ts').then(({ stageAdd }) => stageAdd(terminal, words, options))),
    );
}
