/**
 * The commands about remotes' contents: `push`, `fetch` and `pull`.
 *
 * @module
 */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Terminal } from './terminal.ts';
import type { TransferFlags } from './transfer.ts';

const COMMANDS = [
  { name: 'push', description: 'send the objects of outs to a remote' },
  { name: 'fetch', description: 'bring the objects of outs from a remote into the cache' },
  { name: 'pull', description: 'fetch, then check out' },
] as const;

const TYPES = ['metrics', 'plots'];

function addType(type: string, before: readonly string[] = []): readonly string[] {
  if (!TYPES.includes(type)) throw new InvalidArgumentError(`Allowed choices are ${TYPES.join(', ')}.`);
  return [...before, type];
}

export function addTransferCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  for (const { name, description } of COMMANDS) {
    const command = program
      .command(name)
      .description(description)
      .argument('[targets...]', 'stages, groups, .dvc files or outs (default: all)')
      .option('-r, --remote <name>', 'the remote (default: the one that the out or the config names)')
      .option('-j, --jobs <n>', 'transfers at once (default: what the config says, else 16)')
      .option('-a, --all-branches', 'also what the tips of all branches name')
      .option('-T, --all-tags', 'also what any tag names')
      .option('-A, --all-commits', 'also what any commit names')
      .option('-d, --with-deps', 'also what the targets need')
      .option('-R, --recursive', 'a directory stands for all stages below it')
      .option('--glob', 'targets are patterns')
      .option('--run-cache', 'also the run cache')
      .option('--no-run-cache', 'without the run cache (it is always so)')
      .action((targets: string[], flags: TransferFlags) =>
        finish(import('./transfer.ts').then(({ transfer }) => transfer(terminal, name, targets, flags))),
      );
    if (name === 'fetch') {
      command
        .option('--max-size <bytes>', 'only outs that are smaller')
        .addOption(
          new Option('--type <type>', 'only outs of this type; repeatable').choices(TYPES).argParser(addType),
        );
    }
    if (name === 'pull') {
      command
        .option('-f, --force', 'replace what neither the lock nor the cache has, too')
        .option('--allow-missing', 'what is neither here nor there is no failure');
    }
  }
}
