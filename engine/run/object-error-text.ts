/**
 * What went wrong between the cache and the workspace, in words.
 *
 * @module
 */

import { type ObjectError } from '../../cache/index.ts';

/** @throws The operating system's error, if it was one: that is no fault of a stage. */
export function objectErrorText(error: ObjectError): string {
  switch (error.kind) {
    case 'missing-object':
      return `the cache has no object ${error.digest}`;
    case 'bad-tree':
      return `the directory object ${error.digest} cannot be trusted: ${error.reason}`;
    case 'missing-source':
      return `${error.path} is gone`;
    case 'changed-meanwhile':
      return `${error.path} changed meanwhile`;
    case 'no-link':
      return `"cache.type" allows ${error.types.join(', ')}, and none of it works from the cache to there`;
    case 'io':
      throw error.cause;
  }
}
