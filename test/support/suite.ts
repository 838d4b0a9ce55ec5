/**
 * Suites of tests, over uvu, without its traps.
 *
 * A suite registers itself to run: none is forgotten. There is no `.only` and no hook. A test has a time limit, must
 * leave the working directory and the environment as they were, and fails on whatever is thrown at it, `Error` or not.
 * What cannot run here is skipped with a reason, and where nothing may be skipped (`DVC_LIKE_CI=1`) it fails.
 *
 * ```ts
 * suite('parseDigest() rejects what is no digest', (test) => {
 *   test('the empty string', () => assert.throws(() => parseDigest('')));
 *   table(test, [{ name: 'too short', text: 'ab' }], ({ text }) => assert.throws(() => parseDigest(text)));
 * });
 *
 * suite('real DVC reads our lock', { skip: unless(dvc !== undefined, 'no dvc here') }, (test) => { ... });
 * ```
 *
 * @module
 */

import { suite as uvuSuite } from 'uvu';

/** Returning a promise makes the test last until it settles. */
type Body = () => unknown;

interface TestOptions {
  /** 60 s where nothing is said. */
  readonly timeoutMs?: number;
  /** Why it cannot run here; `undefined` runs it. See `unless`. */
  readonly skip?: string | undefined;
}

export interface Test {
  (name: string, body: Body): void;
  (name: string, options: TestOptions, body: Body): void;
}

/** What became of the tests of this process. */
export interface Tally {
  passed: number;
  failed: number;
  readonly skipped: { readonly name: string; readonly reason: string }[];
  /** Lines that are shown even where all is well. */
  readonly notes: string[];
}

export const tally: Tally = { passed: 0, failed: 0, skipped: [], notes: [] };

const TIMEOUT_MS = 60_000;

export function suite(name: string, body: (test: Test) => void): void;
/** @param options Hold for each test that says nothing else. A skipped suite's body is not called. */
export function suite(name: string, options: TestOptions, body: (test: Test) => void): void;
export function suite(name: string, ...rest: OptionsAndBody<(test: Test) => unknown>): void {
  const [options, body] = split(rest);
  const uvu = uvuSuite(name);
  const names = new Set<string>();
  const add = (testName: string, testOptions: TestOptions, testBody: Body): void => {
    if (names.has(testName)) throw new TypeError(`Suite "${name}" has two tests named "${testName}"`);
    names.add(testName);
    const fullName = testName === '' ? name : `${name}: ${testName}`;
    if (testOptions.skip === undefined) {
      uvu(testName, () => runTest(testBody, testOptions.timeoutMs ?? TIMEOUT_MS));
    } else if (process.env['DVC_LIKE_CI'] === '1') {
      const reason = testOptions.skip;
      uvu(testName, () => runTest(() => Promise.reject(new Error(`Nothing is skipped here: ${reason}`)), 0));
    } else {
      tally.skipped.push({ name: fullName, reason: testOptions.skip });
      uvu.skip();
    }
  };
  if (options.skip !== undefined) {
    add('', options, () => undefined);
  } else {
    const returned = body((testName: string, ...testRest: OptionsAndBody<Body>) => {
      const [testOptions, testBody] = split(testRest);
      add(testName, { ...options, ...testOptions }, testBody);
    });
    if (returned instanceof Promise) {
      throw new TypeError(`The body of suite "${name}" is async: its tests would be lost`);
    }
    if (names.size === 0) throw new TypeError(`Suite "${name}" has no tests`);
  }
  uvu.run();
}

/** One test for each row, by the row's name. */
export function table<Row extends { readonly name: string }>(
  test: Test,
  rows: readonly Row[],
  body: (row: Row) => unknown,
): void {
  if (rows.length === 0) throw new TypeError('A table without rows tests nothing');
  for (const row of rows) test(row.name, () => body(row));
}

/** `skip: unless(condition, reason)`: the reason to skip, where the condition does not hold. */
export function unless(condition: boolean, reason: string): string | undefined {
  return condition ? undefined : reason;
}

/** A line for the reader of the results, shown where the test passes too. */
export function note(line: string): void {
  tally.notes.push(line);
}

async function runTest(body: Body, timeoutMs: number): Promise<void> {
  const before = surroundings();
  try {
    await withinTime(body, timeoutMs);
    if (surroundings() !== before) {
      throw new Error('The test changed the working directory or the environment of the process');
    }
    tally.passed += 1;
  } catch (error) {
    tally.failed += 1;
    // uvu counts a suite as passed where something without a name is thrown.
    throw error instanceof Error ? error : new Error(`Thrown, and no Error: ${String(error)}`);
  }
}

async function withinTime(body: Body, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    if (timeoutMs === 0) return;
    timer = setTimeout(() => {
      reject(new Error(`The test took longer than ${String(timeoutMs / 1000)} s`));
    }, timeoutMs);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function surroundings(): string {
  const variables = Object.entries(process.env).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([process.cwd(), variables]);
}

type OptionsAndBody<B> = readonly [B] | readonly [TestOptions, B];

function split<B>(rest: OptionsAndBody<B>): readonly [TestOptions, B] {
  return rest.length === 1 ? [{}, rest[0]] : rest;
}
