import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { noBrowser, withPage } from '../support/browser.ts';
import { type Project, withProject } from '../support/project.ts';
import { suite } from '../support/suite.ts';

const steps = Array.from({ length: 12 }, (_, i) => i);
const log = (slower: number): string =>
  `epoch,loss,accuracy\n${steps.map((i) => `${i},${(2 / (i + slower)).toFixed(3)},${(1 - 0.9 / (i + slower)).toFixed(3)}\n`).join('')}`;

const CLASSES = `actual,predicted\n${'cat,cat\n'.repeat(8)}${'cat,dog\n'.repeat(3)}${'dog,dog\n'.repeat(9)}dog,cat\n`;

const IMAGE = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="200" height="60" fill="teal"/></svg>`;

const PROJECT = {
  'dvc-like.yaml': `plots:
  - training <b>:
      x: epoch
      y: {log.csv: [loss, accuracy]}
      title: Loss & accuracy
  - log.csv: {x: epoch, y: loss, template: smooth}
  - classes.csv: {x: actual, y: predicted, template: confusion}
  - image.svg
`,
  'log.csv': log(1),
  'classes.csv': CLASSES,
  'image.svg': IMAGE,
};

const ENV = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

const withChanges = (body: (p: Project) => Promise<void>): Promise<void> =>
  withProject(
    PROJECT,
    async (p) => {
      await p.exec('git', 'init', '-q');
      await p.exec('git', 'add', '-A');
      await p.exec('git', 'commit', '-q', '-m', 'first');
      await p.write({ 'log.csv': log(1.5) });
      await body(p);
    },
    { env: ENV },
  );

suite('plots', (test) => {
  test('of two revisions are one small page, the same each time', () =>
    withChanges(async (p) => {
      const { exitCode, stdout, stderr } = await p.run('plots', 'diff');
      assert.is(stderr, '');
      assert.is(exitCode, 0);
      assert.is(stdout, `file://${p.path('dvc_plots/index.html')}\n`);
      const page = await p.read('dvc_plots/index.html');
      assert.ok(page.length < 100_000);
      assert.is(page.match(/<svg role="img"/g)?.length, 3);
      await p.run('plots', 'diff', '-o', 'again');
      assert.is(await p.read('again/index.html'), page);
    }));

  test('of nothing are no page, and no failure', () =>
    withProject({ 'dvc-like.yaml': 'plots: []\n' }, async (p) => {
      const { exitCode, stderr } = await p.run('plots', 'show');
      assert.is(exitCode, 0);
      assert.is(stderr, 'There is nothing to draw: no stage and no manifest has "plots"\n');
      assert.not(await p.exists('dvc_plots'));
    }));

  test('are drawn by each template that is listed', () =>
    withProject(PROJECT, async (p) => {
      const { stdout } = await p.run('plots', 'templates');
      const names = stdout.trim().split('\n');
      assert.is(names.length, 9);
      for (const name of names) {
        const { exitCode, stderr } = await p.run('plots', 'show', 'log.csv', '-t', name, '-o', name);
        assert.is(stderr, '', name);
        assert.is(exitCode, 0, name);
      }
    }));

  test('of what cannot be drawn leave the others to be drawn', () =>
    withProject({ ...PROJECT, 'dvc-like.yaml': 'plots: [log.csv, none.csv]\n' }, async (p) => {
      const { exitCode, stderr } = await p.run('plots', 'show');
      assert.is(exitCode, 0);
      assert.match(stderr, 'error[E_MISSING_PLOT_DATA]: There is no "none.csv" to draw in the workspace');
      assert.match(await p.read('dvc_plots/index.html'), '<h2>log.csv</h2>');
    }));
});

/** Where pictures of the page go, for who wants to look at them. */
const pictures = process.env['DVC_LIKE_PICTURES'];

const DEVICES = [
  ['desk', { viewport: { width: 1280, height: 900 } }],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 } }],
] as const;

suite('the page of plots in a browser', { skip: noBrowser, timeoutMs: 120_000 }, (test) => {
  for (const [name, options] of DEVICES) {
    test(`is whole without scripts and without a network: ${name}`, () =>
      withChanges(async (p) => {
        await p.run('plots', 'diff');
        await withPage(p.path('dvc_plots/index.html'), options, async ({ page, requests, complaints }) => {
          assert.equal(requests, []);
          assert.equal(complaints, []);
          assert.is(await page.locator('script').count(), 0);
          assert.equal(await page.locator('h2').allTextContents(), [
            'Loss & accuracy',
            'log.csv',
            'classes.csv',
            'image.svg',
          ]);
          assert.is(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
          assert.is(await page.evaluate('[...document.images].every((each) => each.naturalWidth > 0)'), true);
          if (pictures !== undefined) {
            mkdirSync(pictures, { recursive: true });
            await page.screenshot({ path: join(pictures, `plots-${name}.png`), fullPage: true });
          }
        });
      }));
  }
});
