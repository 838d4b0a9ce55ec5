/**
 * `split` reads dumps of two sizes: how fast, and in how much memory.
 *
 * The larger has 2 GB, or as many megabytes as `DVC_LIKE_BENCH_DUMP_MB` says; the smaller a tenth of that.
 *
 * @module
 */

import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { estimateMedian } from '../statistics.ts';
import { renderEstimate, renderTable } from '../table.ts';
import { writePostsXml } from './posts-xml.ts';
import type { Cost } from './split-once.ts';

const SPLIT_ONCE = fileURLToPath(new URL('./split-once.js', import.meta.url));
const LARGE_BYTES = Number(process.env['DVC_LIKE_BENCH_DUMP_MB'] ?? 2000) * 1e6;

export const dump: Benchmark = {
  name: 'split of a Posts.xml',
  budget: 'at least 60 MB/s of CPU; memory does not grow with the file',
  run: (root, rounds) =>
    renderTable(
      ['size', 'MB/s of CPU', 'MB/s of wall', 'peak memory, MB'],
      [LARGE_BYTES / 10, LARGE_BYTES].map((sizeBytes) => measure(root, sizeBytes, rounds)),
    ),
};

function measure(root: string, sizeBytes: number, rounds: number): readonly string[] {
  const input = join(root, 'Posts.xml');
  writePostsXml(input, sizeBytes);
  const megabytes = statSync(input).size / 1e6;
  const costs = Array.from({ length: rounds }, () => splitOnce(input, join(root, 'source')));
  const over = (figure: (cost: Cost) => number): string => renderEstimate(estimateMedian(costs.map(figure)));
  return [
    `${megabytes.toFixed(0)} MB`,
    over(({ cpuMs }) => megabytes / (cpuMs / 1000)),
    over(({ wallMs }) => megabytes / (wallMs / 1000)),
    over(({ peakBytes }) => peakBytes / 1e6),
  ];
}

function splitOnce(input: string, directory: string): Cost {
  const output = execFileSync(process.execPath, [SPLIT_ONCE, input, directory], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  return JSON.parse(output) as Cost;
}
