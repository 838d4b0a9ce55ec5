import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import { reproInProcess } from '../../faults/in-process.ts';
import { type Project, withProject } from '../../support/project.ts';
import { recordCalls } from '../../support/recording-file-system.ts';
import { suite } from '../../support/suite.ts';

const CLI = fileURLToPath(new URL('../../../dvc-like.js', import.meta.url));
const STAGES = 30;
const MANIFEST = `stages:\n${Array.from(
  { length: STAGES },
  (_, i) =>
    `  s${i}:\n    cmd: echo ${i} > out/${i}; cat a >> out/${i}\n    deps: [a]\n    outs: [out/${i}]\n`,
).join('')}`;

/** What Node loads to write to a pipe or a terminal. */
const OF_STDOUT = ['net', 'tty', 'stream', 'diagnostics_channel'];

interface Counts {
  /** Calls of node:fs by name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Built-in modules of Node, loaded since the start of an empty program. */
  readonly modules: readonly string[];
}

suite('repro with nothing to do', (test) => {
  test('loads one file that needs nothing but node:fs and node:path', () => {
    const imports = readFileSync(CLI, 'utf8').matchAll(/^import .* from "([^"]+)";$|^import "([^"]+)";$/gm);
    const names = new Set([...imports].map(([, from, bare]) => from ?? bare));
    assert.equal([...names].sort(), ['node:fs', 'node:path']);
  });

  test('reads the snapshot and takes one stat for each of its lines', () =>
    withSettled(async (p) => {
      const { calls, modules } = await countCalls(p);
      const snapshot = readFileSync(p.path('.dvc-like/tmp/dvc-like/snapshot'), 'utf8');
      const lines = snapshot.split('\n').length - 4;
      assert.ok(lines > 2 * STAGES && lines < 2 * STAGES + 20, `${lines} lines`);
      assert.equal(calls, { readFileSync: 1, lstatSync: lines, statSync: 2 });
      const names = modules.flatMap((name) => /^NativeModule ((?!internal\/).*)$/.exec(name)?.[1] ?? []);
      const others = names.filter((name) => !OF_STDOUT.includes(name));
      assert.equal(others, []);
    }));

  test('hashes no byte where the snapshot does not answer', () =>
    withSettled(async (p) => {
      const { fs, calls } = recordCalls(nodeFileSystem, p.root);
      await reproInProcess(p.root, fs);
      assert.equal(
        calls.filter((call) => call.startsWith('hashFile')),
        [],
      );
      assert.equal(
        calls.filter((call) => /^(createFile|copyFile|rename)/.test(call)),
        [],
      );
    }));
});

/** A project that is up to date and old enough for its stats to be trusted. */
function withSettled(body: (project: Project) => void | Promise<void>): Promise<void> {
  return withProject({ 'dvc-like.yaml': MANIFEST, a: 'x\n' }, async (p) => {
    await p.run('repro');
    for (let attempt = 0; attempt < 5 && !(await p.exists('.dvc-like/tmp/dvc-like/snapshot')); attempt++) {
      nodeFileSystem.sleep(30);
      await p.run('repro');
    }
    await body(p);
  });
}

/** Runs `repro` and counts from within, from the moment at which our first module is loaded. */
async function countCalls(p: Project): Promise<Counts> {
  const hook = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const before = new Set(process.moduleLoadList);
    const { writeFileSync } = fs;
    const calls = {};
    for (const name of Object.keys(fs).filter((name) => /^[a-z]\\w*Sync$/.test(name))) {
      const call = fs[name];
      fs[name] = (...args) => {
        calls[name] = (calls[name] ?? 0) + 1;
        return call(...args);
      };
    }
    syncBuiltinESMExports();
    process.on('exit', () => {
      const modules = process.moduleLoadList.filter((name) => !before.has(name));
      writeFileSync(${JSON.stringify(p.path('counts'))}, JSON.stringify({ calls, modules }));
    });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, CLI, 'repro'];
  const { exitCode, stderr } = await p.exec(process.execPath, ...args);
  assert.is(exitCode, 0, stderr);
  return JSON.parse(readFileSync(p.path('counts'), 'utf8')) as Counts;
}
