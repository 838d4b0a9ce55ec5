/**
 * The binary form of the study's numbers: named typed arrays in one file.
 *
 * | bytes | what |
 * |---|---|
 * | 0-7 | `dvclarr1` in ASCII: the format and its version |
 * | 8-11 | length of the header in bytes, unsigned 32 bit, little-endian |
 * | 12- | the header, JSON in UTF-8, blanks behind it up to a multiple of 8 from the file's start |
 * | then | each array raw, little-endian, zeros behind it up to a multiple of 8 |
 *
 * The header: `{"kind", "meta", "arrays": [{"name", "type", "length"}]}`, arrays in the order in which they follow.
 * A file holds exactly these bytes: a shorter or longer one is refused.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { StageFailure } from 'dvc-like/stage';

const TYPES = { f64: Float64Array, f32: Float32Array, u32: Uint32Array, i32: Int32Array } as const;

type ArrayType = keyof typeof TYPES;
export type NumericArray = Float64Array | Float32Array | Uint32Array | Int32Array;

export interface ArraysFile {
  /** What the arrays are together: `csr`, `linear`. */
  readonly kind: string;
  /** JSON data. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, NumericArray>>;
}

const MAGIC = 'dvclarr';
const VERSION = '1';
const ALIGNMENT = 8;

const padded = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

export function writeArrays(path: string, file: ArraysFile): void {
  writeFileSync(path, encodeArrays(file));
}

export function encodeArrays(file: ArraysFile): Uint8Array {
  const entries = Object.entries(file.arrays);
  const header = Buffer.from(
    JSON.stringify({
      kind: file.kind,
      meta: file.meta,
      arrays: entries.map(([name, array]) => ({ name, type: typeOf(array), length: array.length })),
    }),
  );
  const start = padded(12 + header.length);
  const size = entries.reduce((sum, [, array]) => sum + padded(array.byteLength), start);
  const bytes = Buffer.alloc(size);
  bytes.write(MAGIC + VERSION, 'latin1');
  bytes.writeUInt32LE(start - 12, 8);
  bytes.fill(' ', 12, start);
  header.copy(bytes, 12);
  let offset = start;
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += padded(array.byteLength);
  }
  return bytes;
}

function typeOf(array: NumericArray): ArrayType {
  if (array instanceof Float64Array) return 'f64';
  if (array instanceof Float32Array) return 'f32';
  return array instanceof Uint32Array ? 'u32' : 'i32';
}

/**
 * @param kind What the caller expects in it: this, or one of these.
 * @throws {StageFailure} If the file is truncated, of another kind or format, or newer than this program.
 */
export const readArrays = (path: string, kind: string | readonly string[]): ArraysFile =>
  decodeArrays(readFileSync(path), kind, path);

export function decodeArrays(bytes: Uint8Array, kind: string | readonly string[], path: string): ArraysFile {
  const kinds = [kind].flat();
  const refuse = (why: string): never => {
    throw new StageFailure(`Cannot read "${path}": ${why}`, { hint: 'run the stage that makes it again' });
  };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString('latin1', 0, 7) !== MAGIC) refuse('it is not a file of arrays');
  const version = buffer.toString('latin1', 7, 8);
  if (version !== VERSION) refuse(`its version is "${version}", this program reads "${VERSION}"`);
  if (buffer.length < 12) refuse('it is truncated');
  const start = 12 + buffer.readUInt32LE(8);
  if (start % ALIGNMENT !== 0 || start > buffer.length) refuse('it is truncated');
  const header = parseHeader(buffer.toString('utf8', 12, start)) ?? refuse('its header is damaged');
  if (!kinds.includes(header.kind)) refuse(`it holds "${header.kind}", not "${kinds.join('" or "')}"`);

  const arrays = Object.create(null) as Record<string, NumericArray>;
  let offset = start;
  for (const { name, type, length } of header.arrays) {
    const Type = TYPES[type];
    const byteLength = length * Type.BYTES_PER_ELEMENT;
    if (offset + padded(byteLength) > buffer.length) refuse('it is truncated');
    const at = buffer.byteOffset + offset;
    // Without a copy where the bytes lie well, as they do in a file read whole.
    arrays[name] =
      at % ALIGNMENT === 0
        ? new Type(buffer.buffer as ArrayBuffer, at, length)
        : new Type(new Uint8Array(buffer.subarray(offset, offset + byteLength)).buffer);
    offset += padded(byteLength);
  }
  if (offset !== buffer.length) refuse('bytes stand behind its arrays');
  return { kind: header.kind, meta: header.meta, arrays };
}

interface Header {
  readonly kind: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
}

function parseHeader(text: string): Header | undefined {
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(text) as Partial<Header> | null;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const valid =
    typeof header?.kind === 'string' &&
    typeof header.meta === 'object' &&
    isListOfRecords(header.arrays) &&
    header.arrays.every(
      ({ name, type, length }) => typeof name === 'string' && isArrayType(type) && isLength(length),
    );
  return valid ? (header as Header) : undefined;
}

const isListOfRecords = (value: unknown): value is readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);

const isArrayType = (value: unknown): boolean => typeof value === 'string' && Object.hasOwn(TYPES, value);

const isLength = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
