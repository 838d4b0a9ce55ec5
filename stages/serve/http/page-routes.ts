/**
 * The page on which a person asks: static files, nothing from elsewhere.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

export function addPageRoutes(server: FastifyInstance): void {
  const files = [
    ['/', 'text/html', new URL('../page/index.html', import.meta.url)],
    ['/page.css', 'text/css', new URL('../page/page.css', import.meta.url)],
    ['/page.js', 'text/javascript', new URL('../page/page.js', import.meta.url)],
  ] as const;
  for (const [path, type, url] of files) {
    const content = readFileSync(url);
    server.get(path, { schema: { hide: true } }, (_, reply) =>
      reply.type(`${type}; charset=utf-8`).header('Cache-Control', 'no-cache').send(content),
    );
  }
}
