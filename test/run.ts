/**
 * The test runner: `node dist/test/run.js [PART OF A PATH ...]`.
 *
 * Every `*.test.js` below runs in a process of its own, two at a time. A file that runs no test has failed, so has one
 * that ends without saying what became of its tests, or does not end. The last line is `N passed, N failed`.
 *
 * The tests run in a copy of `dist/`: a build in the middle of the run does not change what is tested.
 *
 * @module
 */

import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from './support/suite.ts';

const DIST = fileURLToPath(new URL('..', import.meta.url));
const CONCURRENCY = 2;
/** Some files take all that there is only where they are asked to. */
const TAKES_ALL = [process.env['DVC_LIKE_INTEROP'], process.env['DVC_LIKE_REAL']].includes('all');
const FILE_TIMEOUT_MS = (TAKES_ALL ? 120 : 15) * 60_000;
/** For a process to end after its last test: what keeps it open then is a leak. */
const LEAVE_TIMEOUT_MS = 5_000;

interface FileResult {
  readonly path: string;
  readonly tally: Tally;
  /** Why the file failed as a whole. */
  readonly broken: string | undefined;
  readonly output: string;
  readonly durationMs: number;
}

const wanted = process.argv.slice(2);
const files = readdirSync(join(DIST, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.js'))
  .filter((path) => wanted.length === 0 || wanted.some((part) => sourceOf(path).includes(part)))
  .sort();

// Coverage is mapped to sources after the run, from the files that ran.
const isCopied = process.env['NODE_V8_COVERAGE'] === undefined;
const dist = isCopied ? copyDist() : DIST;
try {
  process.exitCode = summarize(await runAll(dist)) ? 0 : 1;
} finally {
  if (isCopied) rmSync(dist, { recursive: true, force: true });
}

/** Beside `dist/`, so that paths to the root hold; a build removes what a killed run left. */
function copyDist(): string {
  const copy = mkdtempSync(join(DIST, '../dist.'));
  cpSync(DIST, copy, { recursive: true });
  return copy;
}

async function runAll(dist: string): Promise<readonly FileResult[]> {
  const finished: FileResult[] = [];
  const queue = [...files];
  const work = async (): Promise<void> => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const result = await runFile(dist, path);
      print(result);
      finished.push(result);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return finished;
}

function runFile(dist: string, path: string): Promise<FileResult> {
  const started = performance.now();
  const child = fork(join(dist, 'test/support/test-file.js'), [join(dist, 'test', path)], {
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  let told: Tally | undefined;
  let late: string | undefined;
  const killAfter = (milliseconds: number, reason: string): NodeJS.Timeout =>
    setTimeout(() => {
      late = reason;
      child.kill('SIGKILL');
    }, milliseconds);
  let timer = killAfter(FILE_TIMEOUT_MS, `did not end within ${String(FILE_TIMEOUT_MS / 60_000)} minutes`);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.on('message', (message) => {
    told = message as Tally;
    clearTimeout(timer);
    timer = killAfter(LEAVE_TIMEOUT_MS, 'did not end after its last test: something is left open');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const tally = told ?? { passed: 0, failed: 0, skipped: [], notes: [] };
      const ending = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
      resolve({
        path: sourceOf(path),
        tally,
        broken: late ?? whyBroken(told, code === 0 || tally.failed > 0, ending),
        output,
        durationMs: performance.now() - started,
      });
    });
  });
}

function whyBroken(told: Tally | undefined, endedWell: boolean, ending: string): string | undefined {
  if (told === undefined) return `ended before its tests did, with ${ending}`;
  if (!endedWell) return `its tests passed, it ended with ${ending}`;
  if (told.passed + told.failed + told.skipped.length === 0) return 'has no tests';
  return undefined;
}

function print({ path, tally, broken, output, durationMs }: FileResult): void {
  const isGreen = broken === undefined && tally.failed === 0;
  const counts = `${String(tally.passed)} passed${tally.failed > 0 ? `, ${String(tally.failed)} failed` : ''}`;
  console.log(
    `${isGreen ? 'ok  ' : 'FAIL'} ${path}: ${broken ?? counts} (${(durationMs / 1000).toFixed(1)} s)`,
  );
  if (!isGreen) console.log(output);
  for (const line of tally.notes) console.log(`     ${line}`);
  for (const { name, reason } of tally.skipped) console.log(`     skipped: ${name}: ${reason}`);
}

/** Prints the end of the report. @returns Whether all is well. */
function summarize(finished: readonly FileResult[]): boolean {
  const sum = (count: (result: FileResult) => number): number =>
    finished.reduce((total, result) => total + count(result), 0);
  const passed = sum(({ tally }) => tally.passed);
  const skipped = sum(({ tally }) => tally.skipped.length);
  // Not having run counts as a failure each; so does having nothing to run.
  const lost = files.length === 0 ? 1 : files.length - finished.length;
  if (lost > 0)
    console.log(`Files that match: ${String(files.length)}; that ran: ${String(finished.length)}`);
  const failed = lost + sum(({ tally, broken }) => tally.failed + (broken === undefined ? 0 : 1));
  console.log(
    `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`,
  );
  return failed === 0;
}

function sourceOf(path: string): string {
  return `test/${path.replace(/\.js$/, '.ts')}`;
}
