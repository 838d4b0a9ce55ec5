import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { suite, type Tally, table } from './suite.ts';

const SUITE = new URL('./suite.ts', import.meta.url).href;
const HOST = fileURLToPath(new URL('./test-file.ts', import.meta.url));

suite('a test file tells the runner what became of its tests', (test) => {
  table(
    test,
    [
      {
        name: 'all well',
        body: `suite('s', (t) => { t('a', () => {}); t('b', async () => {}) })`,
        passed: 2,
      },
      {
        name: 'after an await at the top',
        body: `await new Promise((r) => setTimeout(r, 20)); suite('s', (t) => { t('a', () => {}) })`,
        passed: 1,
      },
      {
        name: 'two suites, each once',
        body: `let n = 0; suite('s', (t) => { t('a', () => {}) }); suite('t', (t) => { t('b', () => { if (++n > 1) throw 1 }) })`,
        passed: 2,
      },
      { name: 'an error', body: `suite('s', (t) => { t('a', () => { throw new Error('x') }) })`, failed: 1 },
      {
        name: 'something thrown that is no error',
        body: `suite('s', (t) => t('a', () => { throw 'x' }))`,
        failed: 1,
      },
      { name: 'nothing thrown', body: `suite('s', (t) => t('a', () => Promise.reject()))`, failed: 1 },
      {
        name: 'a promise that never settles',
        body: `suite('s', { timeoutMs: 50 }, (t) => { t('a', () => new Promise(() => {})) })`,
        failed: 1,
      },
      {
        name: 'the working directory changed',
        body: `suite('s', (t) => { t('a', () => { process.chdir('/') }) })`,
        failed: 1,
      },
      {
        name: 'the environment changed',
        body: `suite('s', (t) => { t('a', () => { process.env.A_NEW_ONE = '1' }) })`,
        failed: 1,
      },
      { name: 'a skipped suite', body: `suite('s', { skip: 'no x' }, () => { throw 1 })`, skipped: 1 },
      {
        name: 'a skipped test',
        body: `suite('s', (t) => { t('a', { skip: 'no x' }, () => {}) })`,
        skipped: 1,
      },
      {
        name: 'a skipped suite where nothing may be',
        body: `suite('s', { skip: 'no x' }, () => {})`,
        env: { DVC_LIKE_CI: '1' },
        failed: 1,
      },
    ],
    async ({ body, passed = 0, failed = 0, skipped = 0, env = {} }) => {
      const { tally } = await runFile(body, env);
      assert.equal(
        { passed: tally?.passed, failed: tally?.failed, skipped: tally?.skipped.length },
        { passed, failed, skipped },
      );
    },
  );
});

suite('a test file that cannot run its tests ends with an error and tells nothing', (test) => {
  table(
    test,
    [
      { name: 'a suite without tests', body: `suite('s', () => {})` },
      { name: 'an async suite', body: `suite('s', async (t) => { t('a', () => {}) })` },
      { name: 'two tests of one name', body: `suite('s', (t) => { t('a', () => {}); t('a', () => {}) })` },
      { name: 'a table without rows', body: `suite('s', (t) => { table(t, [], () => {}) })` },
      {
        name: 'an await at the top that never ends',
        body: `await new Promise(() => {}); suite('s', () => {})`,
      },
      { name: 'an exit amid the tests', body: `suite('s', (t) => { t('a', () => process.exit(0)) })` },
    ],
    async ({ body }) => {
      const { tally, exitCode } = await runFile(body, {});
      assert.is(tally, undefined);
      assert.is.not(exitCode, 0);
    },
  );
});

async function runFile(
  body: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly tally: Tally | undefined; readonly exitCode: number | null }> {
  const directory = await mkdtemp(join(tmpdir(), 'dvc-like-suite-'));
  try {
    const file = join(directory, 'x.mjs');
    await writeFile(file, `import { suite, table } from '${SUITE}';\n${body}\n`);
    const child = fork(HOST, [file], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env });
    let tally: Tally | undefined;
    child.on('message', (message) => {
      tally = message as Tally;
    });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => {
        resolve({ tally, exitCode });
      });
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}
