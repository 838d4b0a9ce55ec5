/**
 * `npm run bench -- AREA [--rounds N] [PART OF A NAME ...]`: times the product beside others and prints the ratios.
 *
 * @module
 */

import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runBenchmark } from './benchmark.ts';
import { benchmarks as engine } from './engine/index.ts';
import { benchmarks as learn } from './learn/index.ts';
import { benchmarks as serve } from './serve/index.ts';
import { benchmarks as study } from './study/index.ts';

const AREAS = { engine, learn, serve, study };

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '11' } },
  allowPositionals: true,
});
const [area, ...parts] = positionals;
const benchmarks = Object.entries(AREAS).find(([name]) => name === area)?.[1];
if (benchmarks === undefined) {
  throw new TypeError(`Benchmarks exist of: ${Object.keys(AREAS).join(', ')}; not of "${area ?? ''}"`);
}

const rounds = Number(values.rounds);
const wanted = benchmarks.filter(
  ({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)),
);
const load = loadavg()[0]?.toFixed(1) ?? '';
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, load ${load}, Node ${process.version}`);
console.log(`Medians of ${rounds} rounds and their 95 % interval\n`);
for (const benchmark of wanted) {
  console.log(`### ${benchmark.name}\n\nBudget: ${benchmark.budget}\n`);
  console.log(`${runBenchmark(benchmark, rounds)}\n`);
}
