/**
 * `metrics diff`: the metrics of two revisions.
 *
 * @module
 */

import { collectMetrics } from '../workspace/index.ts';
import { type DiffFlags, diffVersions, type Revisions } from './diff-versions.ts';
import type { Terminal } from './terminal.ts';
import { PRECISION } from './value-flags.ts';

export const metricsDiff = (terminal: Terminal, revisions: Revisions, flags: DiffFlags): number =>
  diffVersions(terminal, revisions, flags, {
    title: 'Metric',
    precision: PRECISION,
    collect: collectMetrics,
  });
