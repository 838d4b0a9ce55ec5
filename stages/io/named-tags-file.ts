/**
 * Rare tags that are given by their names: an `.arrays` file of kind `named-tags`.
 *
 * Its meta has the `version` of this form, the names of the `features`, the `tags` and the `threshold`. Arrays, f64:
 * `support` (tags), `trust.0`, `named.0` and so on (tags) for each field, `coefficients` (features), `intercept` (1).
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { NAMED_TAG_FEATURES, type NamedTags } from '../learn/rerank/index.ts';
import { type NumericArray, readArrays, writeArrays } from './arrays.ts';

const KIND = 'named-tags';
const VERSION = 1;

export function writeNamedTags(
  path: string,
  { tags, support, trust, named, model, threshold }: NamedTags,
): void {
  const byField = (name: string, arrays: readonly Float64Array[]): Record<string, NumericArray> =>
    Object.fromEntries(arrays.map((values, field) => [`${name}.${field}`, values]));
  writeArrays(path, {
    kind: KIND,
    meta: { version: VERSION, features: NAMED_TAG_FEATURES, tags, threshold },
    arrays: {
      support,
      ...byField('trust', trust),
      ...byField('named', named),
      coefficients: model.coefficients,
      intercept: Float64Array.of(model.intercept),
    },
  });
}

/** @throws {StageFailure} If the file holds no such tags. */
export function readNamedTags(path: string): NamedTags {
  const { meta, arrays } = readArrays(path, KIND);
  const refuse = (why: string): never => {
    throw new StageFailure(`Cannot read "${path}": ${why}`, { hint: 'run the stage that makes it again' });
  };
  const { version, features, tags, threshold } = meta;
  if (version !== VERSION) refuse(`its version is ${String(version)}, this program reads ${VERSION}`);
  if (JSON.stringify(features) !== JSON.stringify(NAMED_TAG_FEATURES)) refuse('its features are others');
  if (!Array.isArray(tags) || typeof threshold !== 'number') return refuse('it has no tags or no threshold');
  const numbers = (name: string, length: number): Float64Array => {
    const array = arrays[name];
    const isValid = array instanceof Float64Array && array.length === length && array.every(Number.isFinite);
    return isValid ? array : refuse(`its "${name}" is not of ${length} numbers`);
  };
  const byField = (name: string): readonly Float64Array[] => {
    const found: Float64Array[] = [];
    while (`${name}.${found.length}` in arrays) found.push(numbers(`${name}.${found.length}`, tags.length));
    return found;
  };
  return {
    tags: tags as readonly string[],
    support: numbers('support', tags.length),
    trust: byField('trust'),
    named: byField('named'),
    model: {
      kind: 'logistic_regression',
      coefficients: numbers('coefficients', NAMED_TAG_FEATURES.length),
      intercept: numbers('intercept', 1)[0]!,
    },
    threshold,
  };
}
