/**
 * The months that a tagger learns from and those that it is watched in, and where they stand in `config.yaml`.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { parseDocument } from 'yaml';
import { MONTH_PATTERN, monthAt, monthNumber } from '../../io/index.ts';

/** Both ends included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface Window {
  readonly train: Span;
  readonly watch: Span;
}

export interface MoveOptions {
  /** So many of the last watched months are left for comparing. */
  readonly months: number;
  /** Whether the first training months stay, or as many go as come. */
  readonly keepsFirst: boolean;
}

/**
 * Everything that was watched becomes training data, but for the last months: no tagger may have seen those by which it is
 * judged.
 *
 * @throws {StageFailure} If no month would be new in the training data.
 */
export function moveWindow({ train, watch }: Window, { months, keepsFirst }: MoveOptions): Window {
  const step = monthNumber(watch.to) - months - monthNumber(train.to);
  if (step < 1) {
    throw new StageFailure(
      `There is nothing new to learn from: training ends in ${train.to}, and the last ${months} of the months ` +
        `until ${watch.to} are left for comparing`,
      { hint: 'add months to months.watch, or compare on fewer with --months' },
    );
  }
  const to = monthAt(train.to, step);
  return {
    train: { from: keepsFirst ? train.from : monthAt(train.from, step), to },
    watch: { from: monthAt(to, 1), to: watch.to },
  };
}

const PLACES = [
  ['train', 'from'],
  ['train', 'to'],
  ['watch', 'from'],
  ['watch', 'to'],
] as const;

/**
 * @param text `config.yaml`.
 * @throws {StageFailure} If it does not say which months.
 */
export function readWindow(text: string): Window {
  const month = (part: 'train' | 'watch', end: 'from' | 'to'): string => scalarAt(text, part, end).value;
  return {
    train: { from: month('train', 'from'), to: month('train', 'to') },
    watch: { from: month('watch', 'from'), to: month('watch', 'to') },
  };
}

/** The same text with other months: all else, comments too, stays byte for byte. */
export function writeWindow(text: string, window: Window): string {
  return PLACES.map(([part, end]) => ({ ...scalarAt(text, part, end), month: window[part][end] }))
    .sort((a, b) => b.start - a.start)
    .reduce((edited, { start, stop, quote, month }) => {
      return edited.slice(0, start) + quote + month + quote + edited.slice(stop);
    }, text);
}

interface ScalarPlace {
  readonly value: string;
  /** UTF-16 offsets, half-open. */
  readonly start: number;
  readonly stop: number;
  readonly quote: string;
}

function scalarAt(text: string, part: string, end: string): ScalarPlace {
  const node = parseDocument(text).getIn(['months', part, end], true) as
    | { readonly value?: unknown; readonly range?: readonly [number, number, number] | null }
    | undefined;
  const { value, range } = node ?? {};
  if (typeof value !== 'string' || !new RegExp(MONTH_PATTERN).test(value) || !range) {
    throw new StageFailure(`months.${part}.${end} of config.yaml is no month such as 2021-01`);
  }
  const [start, stop] = range;
  const first = text[start]!;
  return { value, start, stop, quote: first === '"' || first === "'" ? first : '' };
}
