/**
 * A real browser that looks at a page of ours, from a file or a server, with nothing else at hand.
 *
 * @module
 */

import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Why pages cannot be tested here; undefined where they can. */
export const noBrowser = existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is not installed`;

export interface Visit {
  readonly page: Page;
  /** What was asked for beside the page itself. */
  readonly requests: readonly string[];
  /** Errors and warnings on the console, exceptions nobody caught. */
  readonly complaints: readonly string[];
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param path Of an HTML file, absolute; or the address of a page. */
export async function withPage<T>(
  path: string,
  options: BrowserContextOptions,
  body: (visit: Visit) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const url = path.startsWith('http:') ? path : pathToFileURL(path).href;
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) requests.push(request.url());
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    return await body({ page, requests, complaints });
  } finally {
    await browser.close();
  }
}
