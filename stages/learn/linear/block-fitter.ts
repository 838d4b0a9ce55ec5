/**
 * What fits the blocks of a problem, by its kind.
 *
 * @module
 */

import type { FitBlock, Solution } from './block-problem.ts';
import { logisticBlockFitter } from './logistic-block.ts';
import type { LogisticProblem } from './logistic-problem.ts';
import { svcBlockFitter } from './svc-block.ts';
import type { SvcProblem } from './svc-problem.ts';

export type LinearProblem = SvcProblem | LogisticProblem;

/** @param seat The caller's own part of the memory; it serves all blocks, one after the other. */
export const blockFitter = (problem: LinearProblem, solution: Solution, seat: number): FitBlock =>
  problem.kind === 'linear_svc'
    ? svcBlockFitter(problem, solution, seat)
    : logisticBlockFitter(problem, solution, seat);
