/**
 * Colours of states on a terminal.
 *
 * @module
 */

import type { NodeState } from '../drawn-graph.ts';

/** SGR codes: green, magenta, cyan, yellow, blue, red. */
const CODES: Readonly<Record<NodeState, number>> = {
  fresh: 32,
  frozen: 35,
  restore: 36,
  record: 36,
  run: 33,
  pending: 34,
  blocked: 31,
};

export type Paint = (text: string, state: NodeState) => string;

export const paintPlain: Paint = (text) => text;

export const paintColoured: Paint = (text, state) => `\u001b[${CODES[state]}m${text}\u001b[39m`;
