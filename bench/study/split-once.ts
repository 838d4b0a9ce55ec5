/**
 * `node split-once.js POSTS_XML DIRECTORY`: the stage `split` by itself, on a dump.
 *
 * Prints what it cost as JSON: see `Cost`.
 *
 * @module
 */

import splitStage from '../../stages/split/stage.ts';

export interface Cost {
  /** User and system, with the start of Node. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
}

const [input, directory] = process.argv.slice(2);
const started = performance.now();
await splitStage({
  stage: 'split',
  params: {
    collect: {
      source: 'dump',
      max_bad_share: 0,
      api: { site: 'x', base_url: 'http://localhost', tagged: [], allow_open_month: false },
      dump: { site: 'x.test' },
      sede: { site: null },
    },
    months: { train: { from: '2015-01' }, watch: { to: '2024-12' } },
  },
  with: {},
  deps: [input!],
  outs: [directory!],
  log: () => undefined,
  progress: () => undefined,
  signal: new AbortController().signal,
  environment: {},
  random: () => 0,
  threads: 1,
  checkpointDirectory: () => directory!,
});
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cost: Cost = {
  cpuMs: (userCPUTime + systemCPUTime) / 1000,
  wallMs: performance.now() - started,
  peakBytes: maxRSS * 1024,
};
process.stdout.write(`${JSON.stringify(cost)}\n`);
