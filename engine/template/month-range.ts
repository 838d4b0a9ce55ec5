/**
 * `{by: month, from, to}` in the manifest: of `each` and of `partition`.
 *
 * @module
 */

import { entryOf, isText, nounOf, type YamlMap } from '../values/index.ts';
import { interpolate, type Scope } from './interpolate.ts';
import { monthNumber, monthsBetween } from './months.ts';

/** A hundred years: a longer range is a mistake. */
const MAX_MONTHS = 1_200;

/** `undefined` where the range is wrong, which is then reported. */
export function readMonthRange(node: YamlMap, scope: Scope): readonly string[] | undefined {
  const from = readMonth(node, 'from', scope);
  const to = readMonth(node, 'to', scope);
  if (from === undefined || to === undefined) return undefined;
  const months = to - from + 1;
  if (months >= 1 && months <= MAX_MONTHS) return monthsBetween(from, to);
  scope.problems.report(
    { file: scope.file, range: entryOf(node, 'to')!.value.range },
    {
      code: 'E_BAD_MONTH',
      message:
        months < 1
          ? `"to"${scope.within} is before "from"`
          : `"from" to "to"${scope.within} spans ${months} months, more than ${MAX_MONTHS}`,
      related: [
        { message: '"from" is here', place: { file: scope.file, range: entryOf(node, 'from')!.value.range } },
      ],
    },
  );
  return undefined;
}

function readMonth(node: YamlMap, key: 'from' | 'to', scope: Scope): number | undefined {
  const written = entryOf(node, key)!.value;
  const value = interpolate(written, scope, 'kept');
  if (value === undefined) return undefined;
  const month = isText(value) ? monthNumber(value.value) : undefined;
  if (month === undefined) {
    scope.problems.report(
      { file: scope.file, range: written.range },
      {
        code: 'E_BAD_MONTH',
        message: `"${key}"${scope.within} must be a month such as 2019-03, not ${nounOf(value)}`,
      },
    );
  }
  return month;
}
