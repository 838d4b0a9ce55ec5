/**
 * What can be measured, and a directory to do it in.
 *
 * @module
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Benchmark {
  readonly name: string;
  /** What it has to keep to. */
  readonly budget: string;
  /** @param root An empty directory. @returns Markdown. */
  readonly run: (root: string, rounds: number) => string;
}

/** Runs one benchmark in a directory of its own. */
export function runBenchmark({ run }: Benchmark, rounds: number): string {
  const root = mkdtempSync(join(tmpdir(), 'dvc-like-bench-'));
  try {
    return run(root, rounds);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
