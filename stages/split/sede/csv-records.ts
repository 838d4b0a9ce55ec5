/**
 * The records of a CSV file, streamed, with the lines that they begin on.
 *
 * A value may hold line breaks; CR LF and LF may stand side by side. The parser counts a CR LF inside of a value twice,
 * so lines are counted here, by the bytes that it says a record ends at.
 *
 * @module
 */

import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse';
import { StageFailure } from 'dvc-like/stage';
import { streamBytes } from '../../io/index.ts';

export interface CsvRecord {
  /** `undefined` where the record is not UTF-8. */
  readonly values: readonly string[] | undefined;
  /** Counts from 1. */
  readonly line: number;
}

const LONGEST_BYTES = 1 << 26;
/** The parser looks so far ahead at most, and may say of bytes before that a record ended there. */
const LOOKAHEAD_BYTES = 64;
const LF = 0x0a;

/** @throws {StageFailure} If a value is not closed, or a record is longer than 64 MiB. */
export async function readRecords(path: string, take: (record: CsvRecord) => void): Promise<void> {
  /** Bytes from `start` on, of those that the parser was given. */
  let held: Buffer = Buffer.alloc(0);
  let start = 0;
  /** Where the next record begins. */
  let line = 1;
  const passOver = (end: number): void => {
    line += countLines(held, 0, end - start);
    held = held.subarray(end - start);
    start = end;
  };
  let breaksBefore = 0;

  const parser = createParser(await separatorOf(path), (values, end) => {
    const at = line;
    line += breaksBefore;
    breaksBefore = 0;
    passOver(end);
    take({ values: decode(values), line: at });
  });
  parser.resume();
  const fail = (error: unknown): never => {
    if (!(error instanceof CsvError)) throw error;
    const what =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quoted value is not closed'
        : error.message.replace(/^.*?: /, '');
    throw new StageFailure(`${path}:${line}: ${what}`, {
      cause: error,
      hint: 'it may be cut off, or not be CSV as the Data Explorer writes it',
    });
  };
  try {
    for await (const chunk of withoutMark(path)) {
      held = Buffer.concat([held, chunk]);
      await new Promise<void>((resolve, reject) => {
        parser.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
      // What a record holds of bytes that are let go is remembered by their line breaks.
      const kept = Math.max(0, held.length - LOOKAHEAD_BYTES);
      breaksBefore += countLines(held, 0, kept);
      held = held.subarray(kept);
      start += kept;
    }
    await new Promise<void>((resolve, reject) => {
      parser.once('error', reject);
      parser.end(() => resolve());
    });
  } catch (error) {
    fail(error);
  } finally {
    parser.destroy();
  }
}

/** @param take Gets a record's values as bytes, and the number of bytes up to its end. */
function createParser(delimiter: string, take: (values: readonly string[], end: number) => void) {
  const parser = parse({
    delimiter,
    // Values are decoded here: what is not UTF-8 is to be told.
    encoding: 'latin1',
    bom: false,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_BYTES,
    on_record: (values: readonly string[], { bytes }) => {
      take(values, bytes);
      return undefined;
    },
  });
  // Each call that can fail has a callback of its own.
  parser.on('error', () => undefined);
  return parser;
}

function decode(values: readonly string[]): readonly string[] | undefined {
  const decoded: string[] = [];
  for (const value of values) {
    const bytes = Buffer.from(value, 'latin1');
    if (!isUtf8(bytes)) return undefined;
    decoded.push(bytes.toString());
  }
  return decoded;
}

function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < to; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

/** The bytes without a byte order mark. */
async function* withoutMark(path: string): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of streamBytes(path)) {
    if (isFirst && /^(fffe|feff)/.test(chunk.subarray(0, 2).toString('hex'))) {
      throw new StageFailure(`Cannot read "${path}": it is UTF-16`, { hint: 'save it as UTF-8' });
    }
    const hasMark = isFirst && chunk.subarray(0, 3).toString('hex') === 'efbbbf';
    isFirst = false;
    yield hasMark ? chunk.subarray(3) : chunk;
  }
}

/** The Data Explorer separates by commas; programs that a result went through may have taken another. */
async function separatorOf(path: string): Promise<string> {
  for await (const chunk of streamBytes(path)) {
    const header = chunk.toString('latin1').split('\n', 1)[0]!;
    const counts = [',', ';', '\t'].map((separator) => ({
      separator,
      count: header.split(separator).length,
    }));
    return counts.reduce((best, other) => (other.count > best.count ? other : best)).separator;
  }
  return ',';
}
