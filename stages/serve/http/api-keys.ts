/**
 * Who may ask.
 *
 * @module
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './problem.ts';

/**
 * For routes that need a key: in `Authorization: Bearer KEY` or `X-API-Key: KEY`.
 *
 * Digests are compared, in a time that does not tell how much of a key is right.
 *
 * @param keys None: everybody may.
 */
export function keyChecker(keys: readonly string[]): (request: FastifyRequest) => void {
  if (keys.length === 0) return () => undefined;
  const known = keys.map(digest);
  return (request) => {
    const given = keyOf(request);
    if (given === undefined) {
      throw new Refusal(
        401,
        'unauthorized',
        'A key is needed: send it as "Authorization: Bearer KEY" or "X-API-Key: KEY"',
      );
    }
    const found = digest(given);
    const isKnown = known.map((each) => timingSafeEqual(each, found)).includes(true);
    if (!isKnown) throw new Refusal(401, 'unauthorized', 'The key is not known');
  };
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const key = headers['x-api-key'];
  return bearer ?? (Array.isArray(key) ? key[0] : key);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
