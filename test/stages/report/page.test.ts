import * as assert from 'uvu/assert';
import { renderReport } from '../../../stages/report/page/page.ts';
import { suite, table } from '../../support/suite.ts';
import { HOSTILE, pageContent, type Size } from './page-fixture.ts';

const SMALL: Size = { tags: 40, months: 6, candidates: 20 };
const HUGE: Size = { tags: 4000, months: 12, candidates: 200 };

const render = (size: Size = SMALL, notice: string | null = null): Promise<string> =>
  renderReport(pageContent(size, notice));

const count = (page: string, pattern: RegExp): number => page.match(pattern)?.length ?? 0;

suite('renderReport() makes a page that stands alone', (test) => {
  test('nothing is loaded from elsewhere', async () => {
    const page = await render();
    assert.not.match(page, /\burl\(|@import|<link|<iframe|<object|https?:/);
    assert.not.match(page.replace(/"[^"]*"/g, '""'), /<[^>]*\ssrc=/);
    assert.equal(
      [...page.matchAll(/\bhref="([^"]*)"/g)].filter(([, href]) => !href!.startsWith('#')),
      [],
    );
  });
  test('what comes from the data is escaped', async () => {
    const page = await render(SMALL, HOSTILE);
    assert.is(count(page, /<script/g), 1);
    assert.is(count(page, /<\/script/g), 1);
    assert.not.match(page, /<img/);
    assert.match(page, '&#60;/script&#62;&#60;img');
  });
  test('synthetic data is said to be so', async () => {
    assert.match(
      await render(SMALL, 'Synthetic data: made up'),
      '<p class="notice">Synthetic data: made up</p>',
    );
    assert.not.match(await render(), 'class="notice"');
  });
  test('the same values make the same bytes', async () => {
    assert.is(await render(), await render());
  });
  test('its colours are all variables of its style', async () => {
    const page = await render();
    const body = page.slice(page.indexOf('<body>'));
    const colors = [...body.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map(([, color]) => color!);
    assert.ok(colors.length > 300);
    const used = new Set(colors.filter((color) => color !== 'none'));
    for (const color of used) {
      assert.match(color, /^var\(--[a-z0-9-]+\)$/);
      assert.is(count(page, new RegExp(`${color.slice(4, -1)}: #`, 'g')), 2, `${color} by day and by night`);
    }
  });
});

suite('renderReport() stays small', { timeoutMs: 120_000 }, (test) => {
  test('with 4,000 tags, 12 months and 200 candidates it is below 2 MB, and says what it leaves out', async () => {
    const page = await render(HUGE);
    assert.ok(Buffer.byteLength(page) < 2_000_000, `${Buffer.byteLength(page)} bytes`);
    assert.match(page, /The 30 most frequent of 3,7\d\d known tags/);
    assert.match(page, /The 600 most frequent of 3,7\d\d known tags/);
    assert.match(page, 'The 500 most frequent of 4,000 tags');
    assert.match(page, 'The best 120 of 200 candidates');
  });
  table(
    test,
    [
      { name: 'nothing at all', size: { tags: 0, months: 0, candidates: 0 }, says: 'scored on the 0 months' },
      { name: 'one month', size: { tags: 1, months: 1, candidates: 1 }, says: 'scored on the 1 month after' },
      { name: 'nothing searched', size: { ...SMALL, candidates: 0 }, says: 'Nothing was searched' },
      { name: 'no tag with support', size: { tags: 1, months: 1, candidates: 1 }, says: 'none is judged' },
      { name: 'ten years', size: { tags: 40, months: 120, candidates: 5 }, says: 'scored on the 120 months' },
    ],
    async ({ size, says }) => {
      const page = await render(size);
      assert.match(page, says);
      assert.not.match(page.slice(page.indexOf('<body>'), page.indexOf('<script')), /NaN|undefined|Infinity/);
    },
  );
});
