/**
 * `npm run check`: every tool that judges the sources, tests apart. Each tool that fails is shown, whole.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';

const FOLDERS = ['cache', 'engine', 'stages', 'examples', 'test', 'bench'];
const CONCURRENCY = 2;

/** The longest first. */
const TOOLS = [
  { name: 'eslint', args: ['--max-warnings=0'] },
  {
    name: 'tsc',
    args: ['-p', '.', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/tsc.tsbuildinfo'],
  },
  {
    name: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...FOLDERS],
    // With a TypeScript that it does not know it sees no module at all and says green.
    isConvinced: (output) => Number(/\b(\d+) modules,/.exec(output)?.[1]) >= countModules(),
    doubt: 'it has not seen every module',
  },
  { name: 'knip', args: ['--treat-config-hints-as-errors'] },
  { name: 'biome', args: ['ci', '--colors=off', '--max-diagnostics=none'] },
  { name: 'publint', args: ['--strict'] },
];

await run({ name: 'build', command: [process.execPath, 'build.mjs'] });
const queue = TOOLS.map((tool) => ({ ...tool, command: [`node_modules/.bin/${tool.name}`, ...tool.args] }));
const work = async () => {
  for (let tool = queue.shift(); tool !== undefined; tool = queue.shift()) await run(tool);
};
await Promise.all(Array.from({ length: CONCURRENCY }, work));

/** Runs one tool and prints how it went; a failure becomes our exit code. */
function run({ name, command: [program, ...args], isConvinced = () => true, doubt }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: import.meta.dirname,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => {
      output += `${error.message}\n`;
    });
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const doubts = code === 0 && !isConvinced(output);
      const isContent = code === 0 && !doubts;
      console.log(`${isContent ? 'ok  ' : 'FAIL'} ${name}${doubts ? `: ${doubt}` : ''} (${seconds} s)`);
      if (!isContent) {
        console.log(output);
        process.exitCode = 1;
      }
      resolve();
    });
  });
}

function countModules() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${import.meta.dirname}/${folder}`, { recursive: true }),
  ).filter((path) => path.endsWith('.ts')).length;
}
