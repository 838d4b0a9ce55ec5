/**
 * The study against its budgets.
 *
 * @module
 */

import type { Benchmark } from '../benchmark.ts';
import { dump } from './dump.ts';

export const benchmarks: readonly Benchmark[] = [dump];
