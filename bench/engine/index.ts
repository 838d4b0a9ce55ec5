/**
 * The engine against an empty Node, against the tools of the system that do the same raw work, and against DVC where it
 * is installed (`DVC_LIKE_DVC` names it, or it is on the `PATH`).
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { type Contender, runContest } from '../contest.ts';
import { renderStandings } from '../table.ts';
import { directoryBenchmarks } from './directory.ts';
import { forgetRuns, makeLargeFile, makeManyFiles, makePipeline, makeReader } from './projects.ts';

const CLI = fileURLToPath(new URL('../../dvc-like.js', import.meta.url));
const DVC = findDvc();
const DVC_ENV = { DVC_NO_ANALYTICS: '1', DVC_SITE_CACHE_DIR: join(tmpdir(), 'dvc-like-bench-site') };

export const benchmarks: readonly Benchmark[] = [
  noop(10, 'at most 1.5 x an empty node'),
  noop(100, 'none of its own'),
  noop(1000, 'at most 0.25 s where an empty node takes 0.06 s; at least 20 x faster than DVC'),
  {
    name: 'cold repro, 100 stages, one job',
    budget: 'at most 5 ms of CPU for each stage above the shell itself; at least 10 x faster than DVC',
    run: (root, rounds) => {
      const ours = directory(root, 'ours');
      const commands = makePipeline(ours, 'dvc-like.yaml', 100);
      writeFileSync(join(ours, 'all.sh'), commands.map((command) => `/bin/sh -c '${command}'\n`).join(''));
      return contest(rounds, [
        { ...repro(ours, '-j', '1'), prepare: () => forgetRuns(ours) },
        { name: 'shell', command: ['/bin/sh', 'all.sh'], cwd: ours, prepare: () => forgetRuns(ours) },
        ...theirs(root, 100).map((dvc) => ({ ...dvc, prepare: () => forgetRuns(dvc.cwd) })),
      ]);
    },
  },
  {
    name: 'first hash of 1 GiB',
    budget: 'within 1.2 x of md5sum',
    run: (root, rounds) => {
      makeLargeFile(join(root, 'large.bin'), 2 ** 30);
      makeReader(root, 'large.bin');
      return contest(rounds, [
        { ...repro(root), prepare: () => forgetRuns(root) },
        { name: 'md5sum', command: ['md5sum', 'large.bin'], cwd: root },
      ]);
    },
  },
  {
    name: 'first hash of 2 GiB in two files',
    budget: 'within 1.2 x of two md5sum side by side',
    run: (root, rounds) => {
      const files = ['one.bin', 'two.bin'];
      for (const file of files) makeLargeFile(join(root, file), 2 ** 30);
      makeReader(root, files.join(', '));
      return contest(rounds, [
        { ...repro(root), prepare: () => forgetRuns(root) },
        {
          name: 'md5sum',
          command: ['sh', '-c', `${files.map((file) => `md5sum ${file} &`).join(' ')} wait`],
          cwd: root,
        },
      ]);
    },
  },
  {
    name: 'no-op repro, a directory of 20,000 files as dep',
    budget: 'at most 6 x find -printf',
    run: (root, rounds) => {
      makeManyFiles(join(root, 'data'), 20_000);
      makeReader(root, 'data');
      settle(root);
      return contest(rounds, [
        repro(root),
        { name: 'find -printf', command: ['find', 'data', '-printf', '%p %i %s %T@ %C@\n'], cwd: root },
      ]);
    },
  },
  ...directoryBenchmarks(
    [
      { name: 'dvc-like', command: [process.execPath, CLI] },
      ...(DVC === undefined ? [] : [{ name: 'dvc', command: [DVC] as const, env: DVC_ENV }]),
    ],
    contest,
    mustRun,
  ),
  planning(100),
  planning(1000),
  planning(5000),
  {
    name: 'peak memory, no-op repro, 1,000 stages',
    budget: 'at most 120 MB',
    run: (root) => {
      makePipeline(root, 'dvc-like.yaml', 1000);
      settle(root);
      return `${(peakBytes(root) / 1e6).toFixed(1)} MB`;
    },
  },
];

function noop(count: number, budget: string): Benchmark {
  return {
    name: `no-op repro, ${count} stages`,
    budget,
    run: (root, rounds) => {
      const ours = directory(root, 'ours');
      makePipeline(ours, 'dvc-like.yaml', count);
      settle(ours);
      return contest(rounds, [
        repro(ours),
        { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd: ours },
        ...theirs(root, count),
      ]);
    },
  };
}

function planning(count: number): Benchmark {
  return {
    name: `status, ${count} stages`,
    budget: count === 5000 ? 'under 1 s; linear in the stages' : 'none of its own',
    run: (root, rounds) => {
      makePipeline(root, 'dvc-like.yaml', count);
      // As any run leaves it: the first `status`, which does not count, may remember what it read.
      mkdirSync(join(root, '.dvc-like/tmp/dvc-like'), { recursive: true });
      return contest(rounds, [
        { name: 'dvc-like', command: [process.execPath, CLI, 'status'], cwd: root },
        { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd: root },
      ]);
    },
  };
}

function contest(rounds: number, contenders: readonly Contender[]): string {
  return renderStandings(runContest(contenders, rounds));
}

function repro(cwd: string, ...args: readonly string[]): Contender {
  return { name: 'dvc-like', command: [process.execPath, CLI, 'repro', ...args], cwd };
}

/** Runs what there is to run, then once more: the second run sees files that are no longer fresh and may remember them. */
function settle(root: string): void {
  for (const wait of [1100, 0]) {
    mustRun(process.execPath, [CLI, 'repro'], root);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
  }
}

/**
 * The same pipeline in a repository of DVC's own, up to date; nothing where there is no DVC. The shell runs the stages
 * and DVC records them: that takes it seconds where `dvc repro` takes minutes.
 */
function theirs(root: string, count: number): readonly Contender[] {
  if (DVC === undefined) return [];
  const cwd = directory(root, 'theirs');
  const commands = makePipeline(cwd, 'dvc.yaml', count);
  writeFileSync(join(cwd, 'all.sh'), `set -e\n${commands.join('\n')}\n`);
  mustRun(DVC, ['init', '--no-scm', '-q'], cwd);
  mustRun('/bin/sh', ['all.sh'], cwd);
  mustRun(DVC, ['commit', '-f', '-q'], cwd);
  return [{ name: 'dvc', command: [DVC, 'repro'], cwd, env: DVC_ENV }];
}

function findDvc(): string | undefined {
  const named = process.env['DVC_LIKE_DVC'] ?? 'dvc';
  return spawnSync(named, ['--version'], { env: { ...process.env, ...DVC_ENV } }).status === 0
    ? named
    : undefined;
}

/** The most memory that one no-op run held at a time, as the kernel counts it from the start of the program. */
function peakBytes(root: string): number {
  const file = join(root, 'peak');
  const hook = `import { readFileSync, writeFileSync } from 'node:fs';
    process.on('exit', () => writeFileSync(${JSON.stringify(file)}, readFileSync('/proc/self/status')));`;
  mustRun(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, CLI, 'repro'],
    root,
  );
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function mustRun(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...DVC_ENV },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')}: exit code ${status ?? 'none'}\n${stdout}${stderr}`);
}

function directory(root: string, name: string): string {
  const path = join(root, name);
  mkdirSync(path);
  return path;
}
