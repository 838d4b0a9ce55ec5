import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { suite, table } from '../../../support/suite.ts';
import { withModules } from '../../modules/with-modules.ts';
import { runModule } from './run-module.ts';

suite('a module runs', (test) => {
  test('with the context of its stage', () =>
    withModules(
      {
        'stage.ts': `
          export default async function run(context) {
            const { signal, log, progress, random, environment, checkpointDirectory, ...data } = context;
            log(JSON.stringify({ ...data, cwd: process.cwd(), env: environment.DVC_STAGE, aborted: signal.aborted }));
          }`,
      },
      async (p) => {
        const params = { big: 2n ** 60n, infinite: Infinity, name: 'x' };
        const { exit, output } = await runModule(p, { job: { params: { ...params, big: 'x' } } });
        assert.equal(JSON.parse(output), {
          stage: 'train@fr',
          params: { ...params, big: 'x', infinite: null },
          with: { fields: ['title'] },
          deps: [join(p.root, 'in.txt')],
          outs: [join(p.root, 'out.txt')],
          threads: 2,
          cwd: p.root,
          env: 'train@fr',
          aborted: false,
        });
        if (exit.kind !== 'exited') throw new Error(exit.kind);
        assert.is(exit.code, 0);
        assert.ok(exit.usage.cpuMs! > 0 && exit.usage.maxRssBytes! > 1e6 && exit.durationMs > 0);
      },
    ));

  test('and gets numbers as YAML has them', () =>
    withModules(
      { 'stage.ts': `export default ({ params, log }) => log(params.a + ' ' + params.b + ' ' + params.c);` },
      async (p) => {
        const { output } = await runModule(p, { job: { params: { a: 2n ** 60n, b: Infinity, c: NaN } } });
        assert.is(output, `${2n ** 60n} Infinity NaN\n`);
      },
    ));

  test('with the same random numbers each time, others for another stage', () =>
    withModules(
      { 'stage.ts': `export default ({ random, log }) => log([random(), random()].join());` },
      async (p) => {
        const { output } = await runModule(p);
        assert.is((await runModule(p)).output, output);
        assert.is.not((await runModule(p, { job: { stage: 'train@en' } })).output, output);
        assert.ok(output.split(',').every((text) => Number(text) >= 0 && Number(text) < 1));
      },
    ));

  test('reporting its progress', () =>
    withModules(
      {
        'stage.ts': `export default ({ progress }) => { progress(1, 3, 'first'); progress(2, 3); progress(3, 3); };`,
      },
      async (p) => {
        assert.equal((await runModule(p)).progress, [
          [1, 3, 'first'],
          [3, 3, undefined],
        ]);
      },
    ));

  test('with a checkpoint directory that is made when it is asked for', () =>
    withModules(
      {
        'stage.ts': `export default ({ checkpointDirectory, deps }) => { if (deps.length > 0) checkpointDirectory(); };`,
      },
      async (p) => {
        const directory = join(p.state, 'checkpoints/train');
        await runModule(p, { job: { deps: [] } });
        assert.not(existsSync(directory));
        await runModule(p);
        assert.ok(existsSync(directory));
      },
    ));

  test('with worker threads, data files, packages and its own address', () =>
    withModules(
      {
        'lib/work.ts': `
          import { Worker } from 'node:worker_threads';
          export const start = (): Worker => new Worker(new URL('./worker.ts', import.meta.url));
          export const words = new URL('./words.txt', import.meta.url);
          export const here: string = import.meta.url;`,
        'lib/worker.ts': `
          import { parentPort } from 'node:worker_threads';
          import { shout } from 'shouter/loud.js';
          parentPort!.postMessage(shout('from the worker'));`,
        'lib/words.txt': 'some words',
        'stage.ts': `
          import { once } from 'node:events';
          import { readFileSync } from 'node:fs';
          import whisper from 'shouter';
          import { here, start, words } from './lib/work.ts';
          export default async function run({ log }) {
            const [message] = await once(start(), 'message');
            log([message, readFileSync(words, 'utf8'), here, whisper('HUSH')].join('\\n'));
          }`,
        'node_modules/shouter/package.json':
          '{"name": "shouter", "version": "1.0.0", "exports": {".": "./index.cjs", "./loud.js": "./src/loud.js"}, "type": "module"}',
        'node_modules/shouter/index.cjs': 'module.exports = (text) => text.toLowerCase();',
        'node_modules/shouter/src/loud.js': 'export const shout = (text) => text.toUpperCase();',
      },
      async (p) => {
        const here = pathToFileURL(join(p.root, 'lib/work.ts')).href;
        assert.is((await runModule(p)).output, `FROM THE WORKER\nsome words\n${here}\nhush\n`);
      },
    ));

  test('leaving no file of its own behind but what it remembers', () =>
    withModules({ 'stage.ts': `export default ({ log }) => log('done');` }, async (p) => {
      const { output } = await runModule(p);
      assert.is(output, 'done\n');
    }));
});

suite('a module that fails says why', (test) => {
  table(
    test,
    [
      {
        name: 'an expected failure, by its message and hint',
        files: {
          'stage.ts': `import { StageFailure } from 'dvc-like/stage';
export default () => { throw new StageFailure('No questions', { hint: 'run collect', cause: new Error('404') }); };`,
        },
        expected: 'No questions\n  because: 404\n  hint: run collect\n',
      },
      {
        name: 'an error, with its stack in the lines of the sources',
        files: {
          'stage.ts': `
import { fit, type Model } from './lib/fit.ts';

export default async function run(): Promise<void> {
  const model: Model = fit(3);
}`,
          'lib/fit.ts': `// Comments and types vanish from the bundle.
export interface Model {
  readonly size: number;
}

export function fit(size: number): Model {
  if (size > 2) throw new RangeError('Too large', { cause: new Error('because') });
  return { size };
}
export const address = import.meta.url;`,
        },
        expected: `RangeError: Too large
    at fit (lib/fit.ts:7:23)
    at run (stage.ts:5:24) {
  [cause]: Error: because
      at fit (lib/fit.ts:7:60)
      at run (stage.ts:5:24)
}
`,
      },
      {
        name: 'an error behind a use of import.meta.url in the same file',
        files: {
          'stage.ts': `interface A { readonly a: number }
interface B { readonly b: number }
export default (): void => {
  const data = new URL('./data.txt', import.meta.url);
  throw new TypeError(String(data instanceof URL));
};`,
          'data.txt': 'data',
        },
        expected: `TypeError: true
    at stage_default (stage.ts:5:9)
`,
      },
      {
        name: 'something thrown that is no error',
        files: { 'stage.ts': `export default () => { throw { a: 1 }; };` },
        expected: 'Thrown, and no Error: { a: 1 }\n',
      },
      {
        name: 'a rejection that nobody awaited',
        files: { 'stage.ts': `export default () => { Promise.reject(new Error('left alone')); };` },
        expected: 'Error: left alone\n    at stage_default (stage.ts:1:39)\n',
      },
      {
        name: 'a promise that never settles',
        files: { 'stage.ts': `export default () => new Promise(() => {});` },
        expected: 'Stage "train@fr": run() never ended: it awaits what nothing will settle\n',
      },
      {
        name: 'an exit in the middle',
        files: { 'stage.ts': `export default async () => { process.exit(0); };` },
        expected: 'Stage "train@fr": the process was ended before run() was over\n',
      },
      {
        name: 'a default export that is no function',
        files: { 'stage.ts': `export default { run: 1 };` },
        expected: 'Stage "train@fr": the default export of its module is not a function\n',
      },
      {
        name: 'a top level that throws',
        files: {
          'stage.ts': `if (process.env.DVC_STAGE) throw new Error('at import');\nexport default () => 1;`,
        },
        expected: 'Error: at import\n    at <anonymous> (stage.ts:1:34)\n',
      },
    ],
    ({ files, expected }) =>
      withModules(files, async (p) => {
        const { exit, output } = await runModule(p);
        assert.is(output, expected);
        assert.ok(exit.kind === 'exited' && exit.code === 1, JSON.stringify(exit));
      }),
  );
});

suite('a module that is done', (test) => {
  test('may leave work behind that still ends', () =>
    withModules(
      {
        'stage.ts': `
          import { writeFile } from 'node:fs/promises';
          export default ({ outs }) => { void writeFile(outs[0], 'late'); };`,
      },
      async (p) => {
        await runModule(p);
        assert.is(await readFile(join(p.root, 'out.txt'), 'utf8'), 'late');
      },
    ));

  test('is told of when something keeps its process open', () =>
    withModules({ 'stage.ts': `export default () => { setInterval(() => {}, 1000); };` }, async (p) => {
      const { exit, output } = await runModule(p, {
        onOutput: (_text, stage) => void stage.cancel(),
      });
      assert.match(output, 'run() is over, but something keeps the process open');
      assert.is(exit.kind, 'signalled');
    }));
});

suite('a module that is cancelled', (test) => {
  test('is told by its signal, if it looks at it', () =>
    withModules(
      {
        'stage.ts': `
          export default async function run({ signal, log }) {
            log('ready');
            await new Promise((resolve) => { signal.addEventListener('abort', resolve); setTimeout(() => {}, 1e6); });
            log('tidied up');
            throw new Error('cancelled');
          }`,
      },
      async (p) => {
        const { exit, output } = await runModule(p, {
          onOutput: (text, stage) => void (text.includes('ready') && stage.cancel()),
        });
        assert.is(output, 'ready\ntidied up\n');
        assert.ok(exit.kind === 'exited' && exit.code === 1);
      },
    ));

  test('is ended at once if it does not', () =>
    withModules(
      {
        'stage.ts': `export default async ({ log }) => { log('ready'); await new Promise((end) => setTimeout(end, 1e6)); };`,
      },
      async (p) => {
        const { exit } = await runModule(p, { onOutput: (_text, stage) => void stage.cancel() });
        assert.is(exit.kind === 'signalled' ? exit.signal : exit.kind, 'SIGTERM');
      },
    ));
});

suite('the run bundle follows its sources', (test) => {
  test('a comment edit leaves the code and moves the lines', () =>
    withModules({ 'stage.ts': `export default () => { throw new Error('x'); };` }, async (p) => {
      const code = await p.code();
      assert.match((await runModule(p)).output, 'stage.ts:1:30');
      await p.write({ 'stage.ts': `// one\n// two\nexport default () => { throw new Error('x'); };` });
      assert.is(await p.code(), code);
      assert.match((await runModule(p)).output, 'stage.ts:3:30');
    }));

  test('an edit since the fingerprint was taken is refused', () =>
    withModules({ 'stage.ts': `export default () => 1;` }, async (p) => {
      const module = await p.moduleCode();
      await p.write({ 'stage.ts': `export default () => 2;` });
      const prepared = await p.modules().prepare(module);
      assert.equal(prepared.ok ? [] : prepared.error.map(({ code }) => code), ['E_MODULE_CHANGED']);
    }));
});
