/**
 * A second stage: an `.arrays` file of kind `second-stage`.
 *
 * Its meta has the `version` of this form, the names of the pairs' `features`, and `sigmoids`. Arrays: `prior` f64
 * (tags), `trust.0` and so on f64 (tags) for each field, `together.indptr` u32, `together.indices` u32 and
 * `together.values` f64 (CSR, tags x tags), and of the classifier over pairs, by `second_stage.kind`:
 *
 * | kind | arrays |
 * |---|---|
 * | `logistic_regression` | `coefficients` f64 (features), `intercept` f64 (1) |
 * | `boosted_trees` | those of a `boosted` classifier of one tag, with `trees.` before their names |
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import { type PairModel, pairFeatures, type Reranker } from '../learn/rerank/index.ts';
import type { SecondStageSettings } from '../learn/tagger/index.ts';
import { type ArraysFile, type NumericArray, readArrays, writeArrays } from './arrays.ts';
import { boostedArrays, decodeBoosted } from './classifier-file.ts';

const KIND = 'second-stage';
const VERSION = 2;

/** Before the names of the trees' arrays. */
const TREES = 'trees.';

/** @param further How many classifiers it weighs beside the first one. */
export function writeReranker(
  path: string,
  { statistics, sigmoids, model }: Reranker,
  further: number,
): void {
  const { prior, trust, together } = statistics;
  writeArrays(path, {
    kind: KIND,
    meta: { version: VERSION, features: pairFeatures(further), sigmoids },
    arrays: {
      prior,
      ...Object.fromEntries(trust.map((values, field) => [`trust.${field}`, values])),
      'together.indptr': together.indptr,
      'together.indices': together.indices,
      'together.values': together.values,
      ...pairArrays(model),
    },
  });
}

/** @throws {StageFailure} If the file holds no second stage of so many tags. */
export function readReranker(path: string, settings: SecondStageSettings, labels: number): Reranker {
  const { meta, arrays } = readArrays(path, KIND);
  const refuse = (why: string): never => {
    throw new StageFailure(`Cannot read "${path}": ${why}`, { hint: 'run the stage that makes it again' });
  };
  const { version, features, sigmoids } = meta;
  const expected = pairFeatures(settings.classifiers.length);
  if (version !== VERSION) refuse(`its version is ${String(version)}, this program reads ${VERSION}`);
  if (JSON.stringify(features) !== JSON.stringify(expected)) refuse('its features are others');
  const wrong = (): never => refuse(`it is not a second stage of ${labels} tags`);
  const numbers = (name: string, length?: number): Float64Array => {
    const array: NumericArray | undefined = arrays[name];
    const isValid =
      array instanceof Float64Array &&
      (length === undefined || array.length === length) &&
      array.every(Number.isFinite);
    return isValid ? array : wrong();
  };
  const values = numbers('together.values');
  const { 'together.indptr': indptr, 'together.indices': indices } = arrays;
  const isCsr =
    indptr instanceof Uint32Array &&
    indices instanceof Uint32Array &&
    indptr.length === labels + 1 &&
    indptr[labels] === values.length &&
    indices.length === values.length;
  if (!isCsr || !areSigmoids(sigmoids)) return wrong();
  const trust: Float64Array[] = [];
  while (`trust.${trust.length}` in arrays) trust.push(numbers(`trust.${trust.length}`, labels));
  return {
    settings,
    sigmoids,
    statistics: { prior: numbers('prior', labels), trust, together: { indptr, indices, values } },
    model:
      settings.kind === 'boosted_trees'
        ? (decodeBoosted(treeArrays(arrays), 1, expected.length) ?? wrong())
        : {
            kind: settings.kind,
            coefficients: numbers('coefficients', expected.length),
            intercept: numbers('intercept', 1)[0]!,
          },
  };
}

function pairArrays(model: PairModel): ArraysFile['arrays'] {
  if (model.kind === 'logistic_regression')
    return { coefficients: model.coefficients, intercept: Float64Array.of(model.intercept) };
  return Object.fromEntries(
    Object.entries(boostedArrays(model)).map(([name, array]) => [`${TREES}${name}`, array]),
  );
}

const treeArrays = (arrays: ArraysFile['arrays']): ArraysFile['arrays'] =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(TREES) ? [[name.slice(TREES.length), array]] : [],
    ),
  );

function areSigmoids(value: unknown): value is Reranker['sigmoids'] {
  const { candidate, other } = (value ?? {}) as Partial<Reranker['sigmoids']>;
  return [candidate, other].every(
    (sigmoid) => Number.isFinite(sigmoid?.slope) && Number.isFinite(sigmoid?.intercept),
  );
}
