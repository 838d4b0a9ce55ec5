/**
 * What commander says of a wrong command line, as a diagnostic.
 *
 * @module
 */

import type { Diagnostic } from '../core/index.ts';

/**
 * @param text As commander says it: `error: unknown option '--forse'`, and in a second line what may have been meant.
 * @param command What was used wrongly: `dvc-like repro`.
 */
export function usageError(text: string, command: string): Diagnostic {
  const [first = '', suggestion = ''] = text
    .replace(/^error: /, '')
    .replaceAll("'", '"')
    .trim()
    .split('\n');
  const meant = /^\(Did you mean (?:one of )?(.+)\?\)$/.exec(suggestion)?.[1]?.split(', ') ?? [];
  return {
    code: 'E_USAGE',
    message: first.charAt(0).toUpperCase() + first.slice(1).replace(/\.$/, ''),
    hint: meant.length === 0 ? `see "${command} --help"` : `did you mean ${alternatives(meant)}?`,
  };
}

function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)!}`;
}
