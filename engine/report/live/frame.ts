/**
 * The live lines of a run on a terminal, as they are at one moment: a line for each stage that runs, and the counts.
 *
 * Pure: what is shown depends on nothing else than what is handed in. No line is as wide as the screen.
 *
 * @module
 */

import { cellsOf } from '../../core/index.ts';

export interface LiveView {
  /** What a stage has written of a line that has not ended; shown alone where it is not empty. */
  readonly partialLine: string;
  /** In the order of their starts. */
  readonly running: readonly LiveStage[];
  readonly counts: LiveCounts;
  readonly elapsedMs: number;
  readonly left: { readonly durationMs: number; readonly isAtLeast: boolean } | undefined;
  /** Ctrl-C was pressed, and stages are being ended. */
  readonly isStopping: boolean;
}

export interface LiveStage {
  readonly name: string;
  readonly activity: 'running' | 'restoring' | 'keeping';
  readonly elapsedMs: number;
  readonly progress: LiveProgress | undefined;
  /** How long it took before. */
  readonly expectedMs: number | undefined;
}

export interface LiveProgress {
  readonly done: number;
  readonly total: number | undefined;
  readonly note: string | undefined;
}

export interface LiveCounts {
  readonly ran: number;
  readonly restored: number;
  readonly failed: number;
  readonly skipped: number;
  readonly waiting: number;
}

export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

const MIN_COLUMNS = 20;
const BAR_COLUMNS = 20;
const NARROW_BAR_COLUMNS = 10;
const NARROW = 70;

export function frame(view: LiveView, size: FrameSize, isColoured: boolean): readonly string[] {
  const width = Math.max(MIN_COLUMNS, size.columns) - 1;
  const style = isColoured ? COLOURED : PLAIN;
  const partial = view.partialLine === '' || size.rows < 4 ? [] : [cut(view.partialLine, width)];
  const room = Math.max(0, size.rows - 2 - partial.length);
  const isFull = view.running.length > room;
  const shown = view.running.slice(0, isFull ? Math.max(0, room - 1) : room);
  const left = room > 0 ? view.running.length - shown.length : 0;
  const nameWidth = Math.min(
    Math.max(0, ...shown.map(({ name }) => columnsOf(name))),
    Math.max(12, Math.floor(width * 0.4)),
  );
  return [
    ...partial,
    ...shown.map((stage) => stageLine(stage, nameWidth, width, style)),
    ...(left > 0 ? [cut(`  and ${left} more`, width)] : []),
    countsLine(view, width, style),
  ];
}

type Style = (kind: keyof typeof CODES, text: string) => string;

const CODES = { name: '1', bar: '36', quiet: '2', failed: '31' } as const;
const COLOURED: Style = (kind, text) => (text === '' ? '' : `\x1b[${CODES[kind]}m${text}\x1b[0m`);
const PLAIN: Style = (_kind, text) => text;

/** Parts of a line: each is cut to what is left of the width before it is styled. */
function joined(
  parts: readonly (readonly [text: string, kind?: keyof typeof CODES])[],
  width: number,
  style: Style,
): string {
  let left = width;
  let line = '';
  for (const [text, kind] of parts) {
    const part = cut(text, left);
    left -= columnsOf(part);
    line += kind === undefined ? part : style(kind, part);
    if (left === 0) break;
  }
  return line.trimEnd();
}

function stageLine(stage: LiveStage, nameWidth: number, width: number, style: Style): string {
  const { name, elapsedMs, progress } = stage;
  const shownName = cut(name, nameWidth);
  const bar = barText(stage, width < NARROW ? NARROW_BAR_COLUMNS : BAR_COLUMNS);
  return joined(
    [
      ['  '],
      [shownName, 'name'],
      [' '.repeat(nameWidth - columnsOf(shownName))],
      [clockText(elapsedMs).padStart(10), 'quiet'],
      [bar === '' ? '' : '  '],
      [bar, 'bar'],
      [progress === undefined ? '' : `  ${progressText(progress)}`],
      [stage.activity === 'running' ? '' : `  ${ACTIVITIES[stage.activity]}`, 'quiet'],
      [etaText(stage), 'quiet'],
    ],
    width,
    style,
  );
}

const ACTIVITIES = { restoring: 'restoring', keeping: 'keeping its outs' } as const;

function barText({ progress }: LiveStage, columns: number): string {
  if (progress?.total === undefined || progress.total <= 0) return '';
  const filled = Math.floor(Math.min(1, Math.max(0, progress.done / progress.total)) * columns);
  return `${'█'.repeat(filled)}${'░'.repeat(columns - filled)}`;
}

function progressText({ done, total, note }: LiveProgress): string {
  const count = total === undefined ? numberText(done) : `${numberText(done)}/${numberText(total)}`;
  return note === undefined || note === '' ? count : `${count} ${note}`;
}

const numberText = (value: number): string =>
  Number.isInteger(value) || !Number.isFinite(value) ? String(value) : value.toPrecision(3);

function etaText(stage: LiveStage): string {
  if (stage.activity !== 'running') return '';
  const leftMs = stageLeftMs(stage);
  if (leftMs !== undefined && leftMs > 0) return `  ${clockText(leftMs)} left`;
  return stage.expectedMs === undefined || stage.progress !== undefined
    ? ''
    : `  (took ${clockText(stage.expectedMs)} before)`;
}

/** Before this, what a stage says of itself tells little of how long it takes. */
const MEANINGFUL_MS = 2000;

/** From what it reports, else from how long it took before; negative where it takes longer. */
export function stageLeftMs({ elapsedMs, progress, expectedMs }: LiveStage): number | undefined {
  if (progress?.total !== undefined && progress.done > 0 && elapsedMs >= MEANINGFUL_MS) {
    return Math.max(0, (elapsedMs * (progress.total - progress.done)) / progress.done);
  }
  return expectedMs === undefined ? undefined : expectedMs - elapsedMs;
}

function countsLine(
  { counts, running, elapsedMs, left, isStopping }: LiveView,
  width: number,
  style: Style,
): string {
  const { ran, restored, failed, skipped, waiting } = counts;
  const told: (readonly [string, keyof typeof CODES | undefined])[] = [
    [`${ran} done`, undefined],
    [restored > 0 ? `${restored} restored` : '', undefined],
    [failed > 0 ? `${failed} failed` : '', 'failed'],
    [skipped > 0 ? `${skipped} skipped` : '', undefined],
    [`${running.length} running`, undefined],
    [waiting > 0 ? `${waiting} to go` : '', undefined],
  ];
  const parts = told
    .filter(([text]) => text !== '')
    .flatMap(([text, kind], i): readonly (readonly [string, keyof typeof CODES] | readonly [string])[] => {
      const part = kind === undefined ? ([text] as const) : ([text, kind] as const);
      return i === 0 ? [part] : [[', '], part];
    });
  const time = ` · ${clockText(elapsedMs)}${leftText(left)}`;
  return joined([[isStopping ? 'Stopping · ' : ''], ...parts, [time, 'quiet']], width, style);
}

function leftText(left: LiveView['left']): string {
  if (left === undefined || left.durationMs < 500) return '';
  return ` · ${left.isAtLeast ? 'more than' : 'about'} ${clockText(left.durationMs)} left`;
}

/** Whole seconds: it does not flicker. */
function clockText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** As it is shown: without control characters, at most so many columns. */
function cut(text: string, columns: number): string {
  const cells = cellsOf(text.replaceAll('\n', ' '));
  const total = cells.reduce((sum, cell) => sum + cell.columns, 0);
  if (total <= columns) return cells.map(({ shown }) => shown).join('');
  let used = 0;
  let shown = '';
  for (const cell of cells) {
    if (used + cell.columns > columns - 1) break;
    used += cell.columns;
    shown += cell.shown;
  }
  return columns > 0 ? `${shown}…` : '';
}

const columnsOf = (text: string): number => cellsOf(text).reduce((sum, cell) => sum + cell.columns, 0);
