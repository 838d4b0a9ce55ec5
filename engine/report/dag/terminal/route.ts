/**
 * The ways between two layers: where each net enters and leaves, and on which row it runs across.
 *
 * A way out leaves in the middle of its cell. No way in stands below another net's way out, so that no two verticals
 * share a column whatever the rows are.
 *
 * @module
 */

import type { PlacedCell } from './columns.ts';
import type { Net } from './layered-graph.ts';

export interface Way {
  /** Columns where it comes from above, goes down below. */
  readonly from: readonly number[];
  readonly to: readonly WayIn[];
  /** The row that it runs across on, from 0; undefined for a straight one. */
  readonly row: number | undefined;
}

export interface WayIn {
  readonly cell: string;
  readonly column: number;
}

export interface Channel {
  readonly ways: readonly Way[];
  /** At least 1. */
  readonly rows: number;
}

export function routeChannel(
  nets: readonly Net[],
  above: readonly PlacedCell[],
  below: readonly PlacedCell[],
): Channel {
  const middles = new Map(above.map(({ cell, middle }) => [cell.id, middle]));
  const from = nets.map(({ sources }) => sources.map((id) => middles.get(id)!));
  const to = waysIn(nets, from, below);
  const ends = nets.map((_, i) => ({ from: from[i]!, to: to[i]!.map(({ column }) => column) }));
  const rows = assignRows(ends);
  return {
    ways: nets.map((_, i) => ({ from: from[i]!, to: to[i]!, row: rows[i] })),
    rows: Math.max(1, ...rows.map((row) => (row === undefined ? 0 : row + 1))),
  };
}

/** Of each net the columns where it goes down: straight below where it comes from, if that is free. */
function waysIn(
  nets: readonly Net[],
  from: readonly (readonly number[])[],
  below: readonly PlacedCell[],
): readonly (readonly WayIn[])[] {
  const result: WayIn[][] = nets.map(() => []);
  const outOf = new Map(from.flatMap((columns, net) => columns.map((column) => [column, net] as const)));
  for (const { cell, left, size, middle } of below) {
    const inset = cell.kind === 'box' ? 1 : 0;
    const columns = Array.from({ length: size.width - 2 * inset }, (_, i) => left + inset + i);
    const entering = nets.flatMap(({ targets }, net) => (targets.includes(cell.id) ? [net] : []));
    const pulls = new Map(entering.map((net) => [net, pull(from[net]!, middle)]));
    const ordered = entering.toSorted((a, b) => pulls.get(a)! - pulls.get(b)!);
    for (const [net, column] of assignColumns(ordered, columns, middle, outOf)) {
      result[net]!.push({ cell: cell.id, column });
    }
  }
  return result;
}

/** Where a net comes from, seen from a column: its nearest side. */
const pull = (from: readonly number[], column: number): number =>
  from.reduce((sum, other) => sum + (other - column), 0) / from.length;

/** Nets from left to right to columns from left to right, as near to straight and to the middle as can be. */
function assignColumns(
  nets: readonly number[],
  columns: readonly number[],
  middle: number,
  outOf: ReadonlyMap<number, number>,
): readonly (readonly [net: number, column: number])[] {
  const isFree = (column: number, net: number): boolean => (outOf.get(column) ?? net) === net;
  const count = nets.length;
  /** `best[i][j]`: the least cost of the first `i` nets in the first `j` columns. */
  const best = Array.from({ length: count + 1 }, (_, i) =>
    new Array<number>(columns.length + 1).fill(i === 0 ? 0 : Number.POSITIVE_INFINITY),
  );
  const cost = (i: number, column: number): number => {
    const net = nets[i]!;
    if (!isFree(column, net)) return Number.POSITIVE_INFINITY;
    const wanted = middle + 2 * (i - (count - 1) / 2);
    return Math.abs(column - wanted) - (outOf.get(column) === net ? 1000 : 0);
  };
  for (let i = 1; i <= count; i++) {
    for (let j = 1; j <= columns.length; j++) {
      best[i]![j] = Math.min(best[i]![j - 1]!, best[i - 1]![j - 1]! + cost(i - 1, columns[j - 1]!));
    }
  }
  const assigned: (readonly [number, number])[] = [];
  for (let i = count, j = columns.length; i > 0; j--) {
    if (best[i]![j]! === best[i]![j - 1]!) continue;
    assigned.unshift([nets[i - 1]!, columns[j - 1]!]);
    i--;
  }
  return assigned;
}

interface Ends {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Above this many ways the order of rows is not improved. */
const MAX_IMPROVED = 30;
const MAX_PASSES = 5;

/** Rows without overlaps, with few crossings. */
function assignRows(ends: readonly Ends[]): readonly (number | undefined)[] {
  const bent = ends.flatMap(({ from, to }, i) => (new Set([...from, ...to]).size > 1 ? [i] : []));
  const spans = ends.map(({ from, to }) => [Math.min(...from, ...to), Math.max(...from, ...to)] as const);
  const pack = (order: readonly number[]): readonly (number | undefined)[] => {
    const rows: number[][] = [];
    const rowOf = new Array<number | undefined>(ends.length).fill(undefined);
    for (const net of order) {
      const isFreeIn = (row: readonly number[]): boolean =>
        row.every((other) => spans[other]![1] < spans[net]![0] || spans[net]![1] < spans[other]![0]);
      let row = rows.findIndex(isFreeIn);
      if (row < 0) row = rows.push([]) - 1;
      rows[row]!.push(net);
      rowOf[net] = row;
    }
    return rowOf;
  };
  const costOf = (order: readonly number[]): number => {
    const rowOf = pack(order);
    return crossings(ends, spans, rowOf) + 0.5 * Math.max(...rowOf.map((row) => row ?? 0));
  };
  let order = bent.toSorted((a, b) => spans[a]![0] - spans[b]![0]);
  let cost = costOf(order);
  for (let pass = 0; pass < MAX_PASSES && bent.length <= MAX_IMPROVED; pass++) {
    const before = cost;
    for (let i = 0; i < order.length; i++) {
      for (let j = i + 1; j < order.length; j++) {
        const swapped = order.with(i, order[j]!).with(j, order[i]!);
        const swappedCost = costOf(swapped);
        if (swappedCost < cost) [order, cost] = [swapped, swappedCost];
      }
    }
    if (cost === before) break;
  }
  return pack(order);
}

/** How often a vertical passes another net's row. */
function crossings(
  ends: readonly Ends[],
  spans: readonly (readonly [number, number])[],
  rowOf: readonly (number | undefined)[],
): number {
  let count = 0;
  for (const [i, [left, right]] of spans.entries()) {
    const row = rowOf[i];
    if (row === undefined) continue;
    for (const [j, { from, to }] of ends.entries()) {
      if (j === i) continue;
      const other = rowOf[j];
      const passing = [
        ...(other === undefined || other > row ? from : []),
        ...(other !== undefined && other < row ? to : []),
      ];
      count += passing.filter((column) => left <= column && column <= right).length;
    }
  }
  return count;
}
