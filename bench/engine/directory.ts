/**
 * A directory of 20,000 files on its way through a DVC repository, beside DVC: made, checked out, restored.
 *
 * @module
 */

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import type { Contender } from '../contest.ts';
import { makeManyFiles } from './projects.ts';

const FILES = 20_000;
const MANIFEST = 'stages:\n  copy:\n    cmd: cp -r data out\n    deps: [data]\n    outs: [out]\n';
const MADE = ['out', 'dvc.lock', '.dvc/cache', '.dvc/tmp', '.gitignore'];

interface Tool {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
}

interface Work {
  readonly what: string;
  readonly budget: string;
  readonly arguments: readonly string[];
  /** What is gone before each time, relative to the repository. */
  readonly without: readonly string[];
}

const WORKS: readonly Work[] = [
  {
    what: 'first run',
    budget: 'at least 4 x faster than DVC',
    arguments: ['repro'],
    without: MADE,
  },
  {
    what: 'checkout',
    budget: 'at least 4 x faster than DVC',
    arguments: ['checkout'],
    without: ['out'],
  },
  {
    what: 'restore by the run cache',
    budget: 'at least 8 x faster than DVC',
    arguments: ['repro'],
    without: ['out', 'dvc.lock'],
  },
];

/** @param tools Ours first. @param contest Times contenders and says how they stand. */
export function directoryBenchmarks(
  tools: readonly Tool[],
  contest: (rounds: number, contenders: readonly Contender[]) => string,
  mustRun: (program: string, args: readonly string[], cwd: string) => void,
): readonly Benchmark[] {
  return WORKS.map(({ what, budget, arguments: args, without }) => ({
    name: `${what}, a directory of 20,000 files`,
    budget,
    run: (root, rounds) => {
      const contenders = tools.map((tool): Contender => {
        const cwd = join(root, tool.name);
        mkdirSync(join(cwd, '.dvc'), { recursive: true });
        writeFileSync(join(cwd, '.dvc/config'), '[core]\n    no_scm = True\n');
        writeFileSync(join(cwd, 'dvc.yaml'), MANIFEST);
        makeManyFiles(join(cwd, 'data'), FILES);
        // What is in the way is moved, not deleted: for minutes ext4 passes over the inodes of deleted files one by one,
        // and making a file then takes ten times as long.
        const aside = join(root, `${tool.name}-aside`);
        mkdirSync(aside);
        const [program, ...before] = tool.command;
        mustRun(program, [...before, 'repro'], cwd);
        let moved = 0;
        return {
          ...tool,
          command: [program, ...before, ...args],
          cwd,
          prepare: () => {
            for (const path of without.filter((path) => existsSync(join(cwd, path)))) {
              renameSync(join(cwd, path), join(aside, `${moved++}`));
            }
          },
        };
      });
      return contest(rounds, contenders);
    },
  }));
}
