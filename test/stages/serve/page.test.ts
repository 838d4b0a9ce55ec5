import type { BrowserContextOptions, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { noBrowser, withPage } from '../../support/browser.ts';
import { suite, table } from '../../support/suite.ts';
import { withServer } from './running.ts';

const WIDE: BrowserContextOptions = { viewport: { width: 1100, height: 800 } };

/** @param complaints What the browser may complain of. */
const visit = (
  options: BrowserContextOptions,
  body: (page: Page, url: string) => Promise<void>,
  { settings = {}, complaints: expected = /^$/, path = '/' } = {},
): Promise<void> =>
  withServer(settings, ({ url }) =>
    withPage(url + path, options, async ({ page, requests, complaints }) => {
      await page.waitForLoadState('networkidle');
      await body(page, url);
      assert.equal(
        requests.filter((request) => !request.startsWith(url)),
        [],
        'nothing comes from elsewhere',
      );
      assert.equal(
        complaints.filter((complaint) => !expected.test(complaint)),
        [],
      );
    }),
  );

const isSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

suite('the page tags a question that is pasted into it', { skip: noBrowser }, (test) => {
  table(
    test,
    [
      { name: 'wide', options: WIDE },
      { name: 'dark', options: { ...WIDE, colorScheme: 'dark' as const } },
      {
        name: 'on a phone',
        options: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
      },
    ],
    ({ options }) =>
      visit(options, async (page) => {
        assert.match(
          (await page.textContent('#model'))!,
          '3 tags, learned from 12 questions of 2020-01 to 2020-03',
        );
        await page.fill('#title', 'red');
        await page.fill('#body', '<p>about red</p><script>alert(1)</script>');
        await page.click('button[type=submit]');
        await page.waitForSelector('.tags');
        assert.equal(
          await page.$$eval('.name', (names) =>
            names.map((name: { readonly textContent: string }) => name.textContent),
          ),
          ['red'],
        );
        assert.match((await page.textContent('.words'))!, 'named in the title');
        assert.not.ok(await isSideways(page));
      }),
  );
  test('by the keyboard alone', () =>
    visit(WIDE, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.type('blue');
      await page.keyboard.press('Tab');
      await page.keyboard.type('about blue');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('.tags');
      assert.is((await page.$$('.tags > li')).length, 3, 'the 5 best of 3');
      assert.is((await page.$$('.not-given')).length, 2);
    }));
  test('an example by a click, without markup of its own', () =>
    visit(WIDE, async (page) => {
      await page.click('#examples button');
      await page.waitForSelector('#answer :is(.tags, p)');
      assert.match(await page.inputValue('#title'), 'docker');
    }));
  test('asks for a key where one is needed, and says what is wrong', () =>
    visit(
      WIDE,
      async (page) => {
        await page.fill('#title', 'red');
        await page.click('button[type=submit]');
        await page.waitForSelector('.wrong');
        assert.match((await page.textContent('.wrong'))!, 'A key is needed');
        await page.fill('#key', 'a-key-of-some-length');
        await page.click('button[type=submit]');
        await page.waitForSelector('.tags');
      },
      { settings: { apiKeys: ['a-key-of-some-length'] }, complaints: /401/ },
    ));
});

suite('the documents of the API are shown without a network', { skip: noBrowser }, (test) => {
  test('with each endpoint', () =>
    visit(
      WIDE,
      async (page) => {
        await page.waitForSelector('.opblock');
        const shown = await page.$$eval('.opblock-summary-path', (paths) =>
          paths.map((path: { readonly textContent: string }) => path.textContent.replaceAll('\u200b', '')),
        );
        assert.equal(shown, [
          '/predict',
          '/invocations',
          '/ping',
          '/health',
          '/version',
          '/health/live',
          '/health/ready',
          '/metrics',
          '/model',
        ]);
      },
      { path: '/docs' },
    ));
});
