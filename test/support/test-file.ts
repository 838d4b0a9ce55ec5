/**
 * Runs one test file: `node test-file.js FILE`, as a child of the runner.
 *
 * The file is imported whole, awaits at its top included, before the first test starts. What became of the tests goes to the
 * runner as one message; a process that ends without it has failed, whatever its exit code.
 *
 * @module
 */

import { pathToFileURL } from 'node:url';

declare global {
  // uvu's switch: tests start when we say so, not on a timer.
  var UVU_DEFER: number | undefined;
  var UVU_QUEUE: unknown[][];
}

globalThis.UVU_DEFER = 1;
const uvu = await import('uvu'); // only now: it reads the switch as it loads
const { tally } = await import('./suite.ts');
globalThis.UVU_QUEUE.push([null]);

const file = process.argv[2];
if (file === undefined) throw new TypeError('No test file is named');
await import(pathToFileURL(file).href);
await uvu.exec();
process.send?.(tally, () => {
  process.disconnect();
});
