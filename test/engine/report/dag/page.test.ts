import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../../cache/index.ts';
import { parseLock } from '../../../../engine/lockfile/index.ts';
import type { Plan, Verdict } from '../../../../engine/plan/index.ts';
import { drawnGraph, loadDag } from '../../../../engine/report/index.ts';
import { noBrowser, type Visit, withPage } from '../../../support/browser.ts';
import { suite, table } from '../../../support/suite.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { SIXTY, STUDY } from './drawn-graphs.ts';

const { dagPage, loadLayout } = await loadDag();
const layout = await loadLayout();

const HOSTILE = `</script><img src=x onerror=alert(1)>"'&`;

const LOCK = `schema: '2.0'
stages:
  train:
    cmd: train
    deps:
    - {path: labels.json, hash: md5, md5: 0123456789abcdef0123456789abcdef, size: 1234}
    outs:
    - {path: model, hash: md5, md5: fedcba9876543210fedcba9876543210.dir, size: 4567890, nfiles: 4}
`;

const graph = graphOf(STUDY.replace('cmd: truth', `cmd: ${JSON.stringify(HOSTILE)}`));

/** `train` runs, what follows is pending. */
const verdictOf = (name: string): Verdict =>
  name === 'train'
    ? { kind: 'run', because: [{ kind: 'command-changed', was: 'train --fast', is: 'train' }] }
    : ['evaluate', 'report'].includes(name) || name.startsWith('monthly@')
      ? { kind: 'pending', on: ['train'] }
      : { kind: 'fresh' };

const PLAN: Plan = {
  stages: graph.order.map((name) => ({ stage: graph.stages.get(name)!, verdict: verdictOf(name) })),
};

const lock = parseLock({ path: 'dvc-like.lock', text: LOCK });
if (!lock.ok) throw new Error('Bug: the lock of the test is invalid');

const states = new Map(PLAN.stages.map(({ stage, verdict }) => [stage.name, verdict.kind]));
const HTML = dagPage(
  {
    title: `study ${HOSTILE}`,
    graph: drawnGraph(graph, graph.order, { isFolded: true, states }),
    plan: PLAN,
    lock: lock.value.entries,
    durationMs: ({ name }) => (name === 'train' ? 83_000 : undefined),
  },
  layout,
  nodeFileSystem,
);

async function visit<T>(body: (visit: Visit) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-page-'));
  try {
    const path = join(directory, 'dag.html');
    writeFileSync(path, HTML);
    return await withPage(path, { viewport: { width: 1200, height: 760 }, ...options }, body);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const stage = (id: string): string => `.stage[data-id="${id}"]`;
const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate('document.activeElement?.getAttribute("data-id")');
const transform = (page: Page): Promise<string | null> => page.locator('#view').getAttribute('transform');

suite('the page of dag is small and whole', (test) => {
  test('also for 60 stages: below 500 kB', () => {
    const plan = {
      stages: SIXTY.nodes.map(({ id }) => ({
        ...PLAN.stages[0]!,
        stage: { ...PLAN.stages[0]!.stage, name: id },
      })),
    };
    const page = dagPage(
      { title: '60', graph: SIXTY, plan, lock: new Map(), durationMs: () => undefined },
      layout,
      nodeFileSystem,
    );
    for (const html of [page, HTML])
      assert.ok(Buffer.byteLength(html) < 500_000, `${Buffer.byteLength(html)}`);
  });

  test('names no other place', () => {
    const places = HTML.match(/\b(?:https?:)?\/\/[\w.]+/g) ?? [];
    assert.equal(places, []);
  });
});

suite('the page of dag in Chromium', { skip: noBrowser }, (test) => {
  test('asks for nothing and complains of nothing', () =>
    visit(async ({ page, requests, complaints }) => {
      await page.click(stage('train'));
      await page.fill('#search', 'label');
      assert.equal(requests, []);
      assert.equal(complaints, []);
      assert.is(await page.locator('.stage').count(), 9);
      assert.is(await page.locator('img').count(), 0);
    }));

  test('a click on a stage shows what there is to know of it', () =>
    visit(async ({ page }) => {
      assert.not(await page.isVisible('#panel'));
      await page.click(stage('train'));
      const text = await page.innerText('#panel');
      for (const told of [
        'train',
        'Runs',
        'command changed from "train --fast" to "train"',
        'labels.json',
        '0123456789abcdef0123456789abcdef · 1.2 kB',
        'fedcba9876543210fedcba9876543210.dir · 4.6 MB, 4 files',
        '1 min 23 s',
      ]) {
        assert.ok(text.includes(told), `${told}\n${text}`);
      }
    }));

  test('what a stage is called or does stays text', () =>
    visit(async ({ page, complaints }) => {
      await page.click(stage('truth'));
      assert.ok((await page.innerText('#panel pre')).includes(HOSTILE));
      assert.ok((await page.innerText('h1')).includes(HOSTILE));
      assert.equal(complaints, []);
    }));

  test('a click on a group lists its stages, one of which is shown by another', () =>
    visit(async ({ page }) => {
      await page.click(stage('monthly'));
      assert.is(await page.locator('#panel .members button').count(), 12);
      await page.click('#panel .members button >> nth=2');
      assert.match(await page.innerText('#panel'), 'monthly 2023-03');
      await page.click('#panel >> text=All of monthly');
      assert.is(await page.locator('#panel .members button').count(), 12);
    }));

  test('search dims what does not match, counts, and Enter goes there', () =>
    visit(async ({ page }) => {
      await page.keyboard.press('/');
      await page.keyboard.type('MONTHLY/2023');
      assert.equal(
        await page.evaluate(
          `[...document.querySelectorAll('.stage:not(.dim)')].map((stage) => stage.dataset.id)`,
        ),
        ['monthly', 'report'],
      );
      assert.is(await page.innerText('#found'), '2 of 9');
      await page.keyboard.press('Enter');
      assert.is(await focused(page), 'monthly');
      await page.focus('#search');
      await page.keyboard.press('Escape');
      assert.is(await page.locator('.stage.dim').count(), 0);
    }));

  test('the keyboard does all: Tab, arrows along the lines, Enter, Escape', () =>
    visit(async ({ page }) => {
      await page.focus('#zoom-fit');
      await page.keyboard.press('Tab');
      assert.is(await focused(page), 'truth');
      await page.keyboard.press('Tab');
      assert.is(await focused(page), 'collect');
      await page.keyboard.press('ArrowDown');
      assert.is(await focused(page), 'clean');
      await page.keyboard.press('ArrowUp');
      assert.is(await focused(page), 'collect');
      await page.focus(stage('labels'));
      await page.keyboard.press('ArrowDown');
      assert.is(await focused(page), 'train');
      await page.keyboard.press('Enter');
      assert.ok(await page.isVisible('#panel'));
      assert.is(await page.evaluate('document.activeElement?.id'), 'panel-title');
      await page.keyboard.press('Escape');
      assert.not(await page.isVisible('#panel'));
      assert.is(await focused(page), 'train');
    }));

  test('focus is seen', () =>
    visit(async ({ page }) => {
      const stroke = (): Promise<string> =>
        page.evaluate(`getComputedStyle(document.querySelector('${stage('train')} rect')).stroke`);
      const before = await stroke();
      await page.focus('#search');
      await page.focus(stage('labels'));
      await page.keyboard.press('ArrowDown');
      assert.is.not(await stroke(), before);
    }));

  test('wheel, buttons, keys and dragging move the view, and Fit brings it back', () =>
    visit(async ({ page }) => {
      const whole = await transform(page);
      const moves = [
        () => page.mouse.wheel(0, -240),
        () => page.click('#zoom-in'),
        () => page.click('#zoom-out'),
        () => page.keyboard.press('+'),
        () => page.keyboard.press('ArrowLeft'),
        async () => {
          await page.mouse.down();
          await page.mouse.move(500, 500, { steps: 4 });
          await page.mouse.up();
        },
      ];
      await page.mouse.move(1150, 700);
      for (const [i, move] of moves.entries()) {
        const before = await transform(page);
        await move();
        await page.locator(`#view:not([transform="${before ?? ''}"])`).waitFor({ state: 'attached' });
        if (i < 3) await page.mouse.move(1150, 700);
      }
      await page.keyboard.press('0');
      assert.is(await transform(page), whole);
    }));

  test('a drag that ends on a stage opens nothing', () =>
    visit(async ({ page }) => {
      const box = (await page.locator(stage('train')).boundingBox())!;
      await page.mouse.move(box.x + 9, box.y + 9);
      await page.mouse.down();
      await page.mouse.move(box.x + 80, box.y + 60, { steps: 5 });
      await page.mouse.up();
      assert.not(await page.isVisible('#panel'));
    }));

  test('it is dark where that is preferred', async () => {
    const colours = await Promise.all(
      (['light', 'dark'] as const).map((colorScheme) =>
        visit(
          ({ page }) =>
            page.evaluate<string>(
              `(() => { const { backgroundColor, color } = getComputedStyle(document.body); return backgroundColor + color; })()`,
            ),
          { colorScheme },
        ),
      ),
    );
    assert.is(colours[0], 'rgb(255, 255, 255)rgb(27, 31, 39)');
    assert.is.not(colours[1], colours[0]);
  });

  table(
    test,
    [
      { name: 'a phone', viewport: { width: 390, height: 800 } },
      { name: 'a small window', viewport: { width: 640, height: 480 } },
      { name: 'a screen', viewport: { width: 1600, height: 1000 } },
    ],
    ({ viewport }) =>
      visit(
        async ({ page }) => {
          const box = (await page.locator('#view').boundingBox())!;
          assert.ok(box.x >= 0 && box.x + box.width <= viewport.width);
          await page.click(stage('report'));
          const panel = (await page.locator('#panel').boundingBox())!;
          assert.ok(panel.x >= 0 && panel.x + panel.width <= viewport.width + 1);
          assert.is(await page.evaluate('document.documentElement.scrollWidth'), viewport.width);
          const opened = (await page.locator(stage('report')).boundingBox())!;
          const isBeside = opened.y + opened.height <= panel.y || opened.x + opened.width <= panel.x;
          assert.ok(isBeside, 'the panel covers the stage');
        },
        { viewport },
      ),
  );
});
