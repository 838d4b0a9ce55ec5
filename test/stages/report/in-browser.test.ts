import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { renderReport } from '../../../stages/report/page/page.ts';
import { noBrowser, type Visit, withPage } from '../../support/browser.ts';
import { suite, table } from '../../support/suite.ts';
import { HOSTILE, pageContent } from './page-fixture.ts';

const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true };

/** Opens the page from its file, without a network, and asserts that it asked for nothing and complained of nothing. */
async function visit<T>(options: BrowserContextOptions, body: (visit: Visit) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-report-'));
  try {
    const page = await renderReport(pageContent({ tags: 60, months: 12, candidates: 40 }, 'Synthetic data'));
    writeFileSync(join(directory, 'index.html'), page);
    return await withPage(join(directory, 'index.html'), { offline: true, ...options }, async (seen) => {
      const result = await body(seen);
      assert.equal(seen.requests, []);
      assert.equal(seen.complaints, []);
      return result;
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The scanlines of a PNG, filtered: where nothing is drawn they are zeros. */
function drawnBytes(png: Buffer): number {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return inflateSync(Buffer.concat(parts)).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
}

const openAll = (page: Page): Promise<unknown> =>
  page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');

const VIEWS = [
  { name: 'at a desk', options: DESK },
  { name: 'on a phone', options: PHONE },
  { name: 'at a desk in the dark', options: { ...DESK, colorScheme: 'dark' as const } },
  { name: 'on a phone in the dark', options: { ...PHONE, colorScheme: 'dark' as const } },
  { name: 'without its script', options: { ...DESK, javaScriptEnabled: false } },
];

/** `[ratio, text]` of each visible text whose contrast with what lies behind it is too low. */
const LOW_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const color = rgba(getComputedStyle(each).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  let seen = 0;
  const judge = (element, color, ground) => {
    seen += 1;
    const value = ratio(rgba(color), ground);
    if (value < 4.5) found.push([value.toFixed(2), element.textContent.slice(0, 40)]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.textContent.trim() === '' || !element.checkVisibility() || element.closest('script, style, svg')) continue;
    judge(element, getComputedStyle(element).color, behind(element));
  }
  for (const text of document.querySelectorAll('svg text')) {
    if (!text.checkVisibility()) continue;
    const shade = /^var\\(--heat-ink-(\\d)\\)$/.exec(text.getAttribute('fill'));
    const style = getComputedStyle(document.documentElement);
    const ground = shade === null ? behind(text.closest('div')) : rgba(style.getPropertyValue('--heat-' + shade[1]));
    judge(text, getComputedStyle(text).fill, ground);
  }
  return { seen, found };
})()`;

/** What a reader of the screen would stumble over. */
const STUMBLES = `(() => {
  const found = [];
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push('two elements have the id ' + id);
  const named = (element) => {
    const by = element.getAttribute('aria-labelledby');
    const text = by === null ? element.getAttribute('aria-label') : by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (text ?? '').trim() !== '';
  };
  for (const element of document.querySelectorAll('svg, section, nav, [role=region]')) {
    if (!named(element)) found.push('no name: ' + element.outerHTML.slice(0, 80));
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (svg.getAttribute('role') !== 'img' || svg.querySelector('desc')?.textContent === '') found.push('no image: ' + svg.outerHTML.slice(0, 80));
    if (svg.closest('section').querySelector('table') === null) found.push('no table beside ' + svg.querySelector('title').textContent);
  }
  for (const input of document.querySelectorAll('input')) if (input.labels.length !== 1) found.push('no label: ' + input.outerHTML);
  for (const button of document.querySelectorAll('button, a, summary')) if (button.textContent.trim() === '') found.push('no text: ' + button.outerHTML);
  for (const cell of document.querySelectorAll('th')) if (!cell.hasAttribute('scope')) found.push('no scope: ' + cell.outerHTML);
  for (const element of document.querySelectorAll('[tabindex]')) if (element.tabIndex > 0) found.push('an order of its own: ' + element.outerHTML.slice(0, 80));
  for (const link of document.querySelectorAll('a')) if (document.querySelector(link.getAttribute('href')) === null) found.push('leads nowhere: ' + link.outerHTML);
  const levels = [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1 || levels[0] !== 1) found.push('headings: ' + levels);
  if (document.documentElement.lang !== 'en') found.push('no language');
  return found;
})()`;

suite('the report in a browser', { skip: noBrowser, timeoutMs: 180_000 }, (test) => {
  table(test, VIEWS, ({ options }) =>
    visit(options, async ({ page }) => {
      const hidden = options.viewport?.width === 360 ? '.for-wide' : '.for-narrow';
      const charts = await page.locator('svg').all();
      let shown = 0;
      for (const chart of charts) {
        if (!(await chart.isVisible())) continue;
        shown += 1;
        assert.ok(drawnBytes(await chart.screenshot()) > 2_000, `chart ${shown} is blank`);
      }
      assert.is(shown, 7, 'one of each');
      assert.is(await page.locator(`${hidden} svg`).count(), 6);
      assert.not.ok(await page.locator(`${hidden} svg`).first().isVisible());
    }),
  );

  table(
    test,
    VIEWS.slice(0, 4).map(({ name, options }) => ({ name: `no stumbling ${name}`, options })),
    ({ options }) =>
      visit(options, async ({ page }) => {
        await openAll(page);
        const width = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
        assert.equal(width, [options.viewport?.width, options.viewport?.width], 'nothing is beside the page');
        const { seen, found } = await page.evaluate<{ seen: number; found: unknown }>(LOW_CONTRAST);
        assert.equal(found, []);
        assert.ok(seen > 1000, `only ${seen} texts were judged`);
        assert.equal(await page.evaluate(STUMBLES), []);
      }),
  );

  test('a tip says what a mark stands for, and texts from the data are texts', () =>
    visit(DESK, async ({ page }) => {
      await page.locator('#main [data-tip^="python, 2021-01"]').first().hover();
      assert.match(
        await page.locator('#tip').innerText(),
        /^python, 2021-01: 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\), 90 questions$/,
      );
      await page.keyboard.press('Escape');
      assert.not.ok(await page.locator('#tip').isVisible());
      assert.is(await page.locator('.heat-names span', { hasText: HOSTILE }).innerText(), HOSTILE);
      assert.is(await page.locator('img').count(), 0);
    }));

  test('to the keyboard: past the links at once, each part in turn, in sight', () =>
    visit(DESK, async ({ page }) => {
      await page.keyboard.press('Tab');
      assert.is(await page.evaluate('document.activeElement.textContent'), 'Skip to the report');
      assert.ok(await page.locator('.skip').isVisible());
      await page.keyboard.press('Enter');
      assert.is(await page.evaluate('document.activeElement.id'), 'main');
      await page.reload();
      const wanted = await page.evaluate<number>(`(() => {
        const all = [...document.querySelectorAll('a, button, summary, input, [tabindex="0"]')].filter((each) => each.checkVisibility());
        all.forEach((each, i) => { each.dataset.stop = i; });
        return all.length;
      })()`);
      const stops: unknown[] = [];
      for (let i = 0; i < wanted; i++) {
        await page.keyboard.press('Tab');
        stops.push(
          await page.evaluate(`(() => {
            const element = document.activeElement;
            const outline = getComputedStyle(element);
            return outline.outlineStyle === 'none' || parseFloat(outline.outlineWidth) < 2 ? 'unseen' : Number(element.dataset.stop);
          })()`),
        );
      }
      assert.equal(
        stops,
        Array.from({ length: wanted }, (_, i) => i),
      );
    }));

  test('to the keyboard: tables open, sort and filter', () =>
    visit(DESK, async ({ page }) => {
      await page.locator('summary', { hasText: 'Tags as a table' }).focus();
      await page.keyboard.press('Enter');
      const region = page.locator('[aria-label="Tags by support"]');
      const column = async (i: number): Promise<readonly string[]> =>
        region.locator(`tbody tr:visible > :nth-child(${i})`).allInnerTexts();
      const head = region.locator('th', { hasText: 'F1' });
      await head.getByRole('button').focus();
      await page.keyboard.press('Enter');
      assert.is(await head.getAttribute('aria-sort'), 'descending');
      const scored = (await column(3)).filter((text) => text !== '–').map(Number);
      assert.equal(
        scored,
        [...scored].sort((a, b) => b - a),
      );
      assert.is((await column(3)).at(-1), '–', 'what has none comes last');
      await page.keyboard.press('Enter');
      assert.is(await head.getAttribute('aria-sort'), 'ascending');
      assert.is((await column(3)).at(-1), '–');
      await region.locator('th').first().getByRole('button').focus();
      await page.keyboard.press(' ');
      const names = await column(1);
      assert.ok(names.indexOf('tag-9') < names.indexOf('tag-10'), 'numbers in names count');
      await page.getByLabel('Find a tag').focus();
      await page.keyboard.type('PYTH');
      assert.equal(await column(1), ['python']);
      assert.is(await page.locator('.filter output').innerText(), '1 of 60');
    }));

  test('without its script there is nothing to filter with, and all tables are there', () =>
    visit({ ...DESK, javaScriptEnabled: false }, async ({ page }) => {
      assert.not.ok(await page.locator('.filter').isVisible());
      assert.is(await page.locator('thead button').count(), 0);
      await page.locator('summary', { hasText: 'Scores by month' }).click();
      assert.is(await page.locator('[aria-label="Scores by month"] tbody tr:visible').count(), 12);
    }));
});
