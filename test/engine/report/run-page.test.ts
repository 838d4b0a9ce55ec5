import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../../cache/index.ts';
import { loadRunPage } from '../../../engine/report/index.ts';
import type { RunRecord, StageRecord } from '../../../engine/runs/index.ts';
import { noBrowser, type Visit, withPage } from '../../support/browser.ts';
import { suite, table } from '../../support/suite.ts';

const { runPage } = await loadRunPage();

const HOSTILE = `</script><img src=x onerror=alert(1)>"'&`;

const stage = (name: string, more: Partial<StageRecord>): StageRecord => ({
  name,
  group: undefined,
  verdict: 'run',
  outcome: 'ran',
  because: [{ kind: 'never-ran', text: 'is not in the lock' }],
  needs: [],
  startMs: 0,
  durationMs: 1000,
  cpuMs: 250,
  maxRssBytes: 12_000_000,
  exitCode: 0,
  signal: undefined,
  errors: [],
  ...more,
});

const recordOf = (stages: readonly StageRecord[]): RunRecord => ({
  version: 1,
  id: '20260301-142233.512-4f2a',
  args: ['repro', '-j', '2'],
  startedAt: '2026-03-01T14:22:33.512Z',
  revision: '0123456789abcdef0123456789abcdef01234567',
  jobs: 2,
  engine: { pid: 1, startTime: '' },
  end: { kind: 'ended', exitCode: 1, durationMs: 4000 },
  stages,
  unchanged: ['labels'],
});

const RECORD = recordOf([
  stage('collect', {}),
  stage('clean', { needs: ['collect'], startMs: 1000, durationMs: 2000 }),
  stage('train', { needs: ['collect'], startMs: 1000, because: [{ kind: 'forced', text: HOSTILE }] }),
  stage('broken', {
    needs: ['train'],
    startMs: 2000,
    outcome: 'failed',
    exitCode: 3,
    errors: ['exit code 3'],
  }),
  stage('report', {
    needs: ['broken'],
    outcome: 'skipped',
    startMs: undefined,
    durationMs: undefined,
    exitCode: undefined,
  }),
]);

const HTML = runPage(RECORD, 'failed', `study ${HOSTILE}`, nodeFileSystem);

async function visit<T>(body: (visit: Visit) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-page-'));
  try {
    writeFileSync(join(directory, 'run.html'), HTML);
    return await withPage(join(directory, 'run.html'), options, async (seen) => {
      const result = await body(seen);
      assert.equal(seen.requests, []);
      assert.equal(seen.complaints, []);
      return result;
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What the callbacks, which run in the page, see of an element. */
interface Attributed {
  readonly getAttribute: (name: string) => string | null;
}

suite('runPage() shows a run', { skip: noBrowser, timeoutMs: 120_000 }, (test) => {
  test('as a timeline by slot, and a list', () =>
    visit(async ({ page }) => {
      assert.is(await page.locator('h1').innerText(), `study ${HOSTILE}: run ${RECORD.id}`);
      assert.match(await page.locator('.facts').innerText(), /failed, exit code 1/);
      const bars = page.locator('#chart .stage');
      assert.equal(
        await bars.evaluateAll((all) => all.map((bar: Attributed) => bar.getAttribute('data-state'))),
        ['ran', 'ran', 'ran', 'failed'],
      );
      const boxes = await bars
        .locator('rect')
        .evaluateAll((all) =>
          all.map((bar: Attributed) => ['x', 'y', 'width'].map((name) => Number(bar.getAttribute(name)))),
        );
      const [collect, clean, train, broken] = boxes;
      assert.ok(collect![0]! < clean![0]!);
      assert.is(clean![0], train![0]);
      assert.ok(clean![1]! < train![1]!, 'side by side');
      assert.is(train![1], broken![1], 'one after the other');
      assert.ok(Math.abs(clean![2]! / collect![2]! - 2) < 0.02, 'twice as long');
      const rows = await page.locator('#rows tr').allInnerTexts();
      assert.is(rows.length, 5);
      assert.match(rows[0]!, /collect\s+ran\s+1\.0 s\s+250 ms\s+12\.0 MB\s+is not in the lock/);
      assert.match(rows[3]!, /failed.*exit code 3/s);
    }));

  test('and of each stage why, what it took and what it needs', () =>
    visit(async ({ page }) => {
      await page.locator('#rows tr').nth(2).click();
      const panel = page.locator('#panel');
      const text = await panel.innerText();
      assert.ok(text.includes(HOSTILE));
      assert.match(
        text,
        /Began\s+1 s\s+Took\s+1\.0 s\s+CPU time\s+250 ms\s+Peak memory\s+12\.0 MB\s+Exit code\s+0/,
      );
      assert.is(await page.locator('.link').count(), 2);
      await panel.getByRole('button', { name: 'broken' }).click();
      assert.is(await panel.locator('h2').innerText(), 'broken');
    }));

  test('to the keyboard alone', () =>
    visit(async ({ page }) => {
      const open = (): Promise<string> => page.locator('#panel h2').innerText();
      await page.locator('#chart .stage').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      assert.is(await open(), 'clean');
      await page.keyboard.press('Escape');
      assert.not.ok(await page.locator('#panel').isVisible());
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press(' ');
      assert.is(await open(), 'broken');
      await page.keyboard.press('Escape');
      const width = async (): Promise<number> => Number(await page.locator('#chart').getAttribute('width'));
      // The chart takes the room of the closed panel when the page is next drawn.
      await page.evaluate(
        'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
      );
      const before = await width();
      await page.keyboard.press('+');
      assert.ok((await width()) > before);
      await page.keyboard.press('0');
      assert.is(await width(), before);
      await page.keyboard.press('/');
      await page.keyboard.type('exit code');
      assert.is(await page.locator('#found').innerText(), '1 of 5');
      assert.is(await page.locator('#rows tr:visible').count(), 1);
    }));

  table(
    test,
    [
      { name: 'light', options: { colorScheme: 'light' as const }, ground: 'rgb(255, 255, 255)' },
      { name: 'dark', options: { colorScheme: 'dark' as const }, ground: 'rgb(18, 21, 27)' },
      {
        name: 'on a phone',
        options: { viewport: { width: 380, height: 700 }, colorScheme: 'light' as const },
        ground: 'rgb(255, 255, 255)',
      },
    ],
    ({ options, ground }) =>
      visit(async ({ page }) => {
        const shown = await page.evaluate<{ ground: string; isTooWide: boolean }>(
          `({ ground: getComputedStyle(document.body).backgroundColor,
              isTooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth })`,
        );
        assert.equal(shown, { ground, isTooWide: false });
      }, options),
  );
});

suite('runPage() stays small', (test) => {
  test('with thousands of stages', () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      stage(`group-of-stages@2019-${i}`, {
        startMs: i * 10,
        needs: i === 0 ? [] : [`group-of-stages@2019-${i - 1}`],
        because: [{ kind: 'x', text: `dep data/file-${i}.json changed (01234567 -> 89abcdef)` }],
      }),
    );
    const page = runPage(recordOf(many), 'done', 'study', nodeFileSystem);
    assert.ok(page.length < 500_000, `${page.length} characters`);
    assert.match(page, 'The first 2000 of 5000 stages');
  });
});
