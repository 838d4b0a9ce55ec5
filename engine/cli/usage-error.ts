/**
 * What commander says of a wrong command line, as a diagnostic.
 *
 * @module
 */

import { type Diagnostic, didYouMean } from '../core/index.ts';

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
    hint:
      meant.length > 0
        ? `did you mean ${alternatives(meant)}?`
        : (choiceMeant(first) ?? `see "${command} --help"`),
  };
}

function choiceMeant(message: string): string | undefined {
  const [, value, choices] = /value "(.*)" is invalid .*Allowed choices are (.+?)\.?$/.exec(message) ?? [];
  return value === undefined ? undefined : didYouMean(value, choices!.split(', '));
}

function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)!}`;
}
