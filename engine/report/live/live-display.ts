/**
 * The live display of a run: what is told of it scrolls by, and below stands what is going on.
 *
 * Text passes through it, so that it never falls into the live lines. The line that a stage has begun and not ended is
 * held back, and shown as the first live line until it ends.
 *
 * @module
 */

import type { RunEvent } from '../../run/index.ts';
import { type FrameSize, frame } from './frame.ts';
import { createLiveState, type LiveRun, type LiveState } from './live-state.ts';
import { createPainter } from './painter.ts';

/** The screen that is painted on. */
export interface Screen {
  readonly size: () => FrameSize;
  readonly write: (text: string | Uint8Array) => void;
  readonly isColoured: boolean;
  /** @returns Takes the listener away. */
  readonly onResize: (listener: () => void) => () => void;
}

export interface LiveDisplay {
  /** From here on there are live lines. */
  readonly begin: (run: LiveRun, signal: AbortSignal) => void;
  readonly observe: (event: RunEvent) => void;
  /** A string is whole lines of ours; bytes are what a stage wrote. */
  readonly out: (text: string | Uint8Array) => void;
  /** Does what writes to the same screen in another way, in whole lines. */
  readonly aside: (write: () => void) => void;
  /** Takes the live lines away until `resume`: somebody else has the screen. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** No live lines any more. */
  readonly end: () => void;
}

const PAINT_EVERY_MS = 100;
/** A line longer than this is shown in pieces. */
const LONGEST_PARTIAL_BYTES = 64 * 1024;

/** @param clock Milliseconds since the epoch. */
export function createLiveDisplay(screen: Screen, clock: () => number): LiveDisplay {
  const painter = createPainter(screen.write, () => screen.size().columns);
  let state: LiveState | undefined;
  let isStopping = (): boolean => false;
  let isPaused = false;
  /** Whole lines that are to stand above, and are not written yet. */
  let above: Uint8Array[] = [];
  let partial: Uint8Array = NOTHING;
  let paintedMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let forgetResize = (): void => undefined;

  const paint = (): void => {
    if (state === undefined || isPaused) return;
    paintedMs = clock();
    const view = { ...state.view(paintedMs), partialLine: partialText(partial), isStopping: isStopping() };
    painter.paint(frame(view, screen.size(), screen.isColoured), Buffer.concat(above));
    above = [];
  };
  const paintSoon = (): void => {
    if (clock() - paintedMs >= PAINT_EVERY_MS) paint();
  };
  const endPartialLine = (): void => {
    if (partial.length > 0) above.push(partial, LINE_END);
    partial = NOTHING;
  };
  const addOutput = (chunk: Uint8Array): void => {
    const bytes = partial.length === 0 ? chunk : Buffer.concat([partial, chunk]);
    const end = bytes.lastIndexOf(LINE_END[0]!) + 1;
    above.push(bytes.subarray(0, end));
    partial = bytes.subarray(end);
    if (partial.length > LONGEST_PARTIAL_BYTES) endPartialLine();
  };
  /** All that is to be written, and no live lines. */
  const clear = (): void => {
    painter.clear();
    for (const text of above) screen.write(text);
    above = [];
  };
  return {
    begin: (run, signal) => {
      state = createLiveState(run, clock);
      isStopping = () => signal.aborted;
      timer = setInterval(paint, PAINT_EVERY_MS).unref();
      forgetResize = screen.onResize(paint);
    },
    observe: (event) => {
      state?.observe(event, clock());
    },
    out: (text) => {
      if (state === undefined) {
        screen.write(text);
        return;
      }
      if (typeof text === 'string') {
        above.push(partial, Buffer.from(text));
        partial = NOTHING;
      } else {
        addOutput(text);
      }
      paintSoon();
    },
    aside: (write) => {
      endPartialLine();
      clear();
      write();
      paint();
    },
    pause: () => {
      isPaused = true;
      clear();
    },
    resume: () => {
      isPaused = false;
      paint();
    },
    end: () => {
      clearInterval(timer);
      forgetResize();
      endPartialLine();
      clear();
      state = undefined;
    },
  };
}

const NOTHING = new Uint8Array();
const LINE_END = Uint8Array.of(0x0a);

/** What would be seen of it: what stands after the last return to the start of the line, without styles and moves. */
function partialText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8').replaceAll(ESCAPES, '');
  const pieces = text.split('\r').filter((piece) => piece !== '');
  return pieces.at(-1) ?? '';
}

const ESCAPES = /\x1b(?:\[[\d;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)/g;
