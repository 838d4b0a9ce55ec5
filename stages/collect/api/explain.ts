/**
 * What the Stack Exchange API refuses, for the person who asked.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { KEY_VARIABLE, type Secrets, TOKEN_VARIABLE, withoutSecrets } from './secrets.ts';

const GET_A_KEY = `a key of https://stackapps.com/apps/oauth/register in ${KEY_VARIABLE}`;

const KEPT = 'What was collected is kept: run it again and it goes on there';

export function explainError(
  { id, name, message }: { readonly id: number; readonly name: string; readonly message: string },
  secrets: Secrets,
): StageFailure {
  const said = withoutSecrets(`${name} ${id}: ${message}`, secrets);
  return new StageFailure(`The Stack Exchange API refuses: ${said}`, { hint: hintFor(id, message) });
}

function hintFor(id: number, message: string): string {
  if (id === 403 && /\bpage\b/i.test(message)) {
    return `no pages after 25 without a key: set ${GET_A_KEY}. ${KEPT}`;
  }
  switch (id) {
    case 400:
      return `check collect.api.site and collect.api.tagged in config.yaml, and ${KEY_VARIABLE} in the environment`;
    case 401:
    case 402:
    case 403:
    case 406:
      return `check ${TOKEN_VARIABLE} in the environment; public questions need none`;
    case 404:
      return 'check collect.api.base_url in config.yaml: it is https://api.stackexchange.com/2.3 unless you have your own';
    case 405:
      return `${TOKEN_VARIABLE} works only together with ${KEY_VARIABLE}: set ${GET_A_KEY}`;
    default:
      return 'see https://api.stackexchange.com/docs/error-handling';
  }
}

/** "more requests available in 76366 seconds". */
export function throttledSeconds(message: string): number | undefined {
  const match = /\bin (\d+) seconds?\b/.exec(message);
  return match === null ? undefined : Number(match[1]);
}

/** @param message Of a throttle violation. */
export function explainThrottle(message: string, nowMs: number): StageFailure {
  const seconds = throttledSeconds(message);
  const when =
    seconds === undefined
      ? 'for now'
      : `for ${duration(seconds)}, until ${new Date(nowMs + seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return new StageFailure(`The Stack Exchange API takes no more requests from this address ${when}`, {
    hint: `${KEPT}. Without a key there are 300 requests a day, with ${GET_A_KEY} 10,000`,
  });
}

export function explainQuota(remaining: number, max: number | undefined): StageFailure {
  const of = max === undefined ? '' : ` of ${max}`;
  return new StageFailure(
    `Today's quota of the Stack Exchange API is used up: ${remaining}${of} requests are left`,
    {
      hint: `${KEPT}. The quota is given anew each day; without a key it is 300, with ${GET_A_KEY} 10,000`,
    },
  );
}

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
