/**
 * `search`: settings for `train` by cross-validation on the training questions.
 *
 * In: both matrices. Out: `models/search.json`, `reports/search/candidates.csv`. With `train.from: config` nothing is
 * searched, and they say so.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import {
  checkFeatures,
  classifierSettings,
  readCsr,
  readLabelMatrix,
  trainSchema,
  writeSearch,
} from '../io/index.ts';
import {
  bestTrial,
  inBatches,
  METRICS,
  type Metric,
  medianPruner,
  randomSampler,
  type Sampler,
  search,
  successiveHalvingPruner,
  type Trial,
  tpeSampler,
} from '../learn/selection/index.ts';
import { writeCandidates } from './candidates-table.ts';
import { searchMemory } from './checkpoint.ts';
import { readSpace } from './read-space.ts';
import { spaceOfItsKind, spaceSchema } from './space-schema.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['search', 'train'],
  properties: {
    search: {
      type: 'object',
      additionalProperties: false,
      required: ['sampler', 'n_iter', 'cv', 'seed', 'threshold', 'refit', 'space'],
      properties: {
        sampler: {
          enum: ['random', 'tpe'],
          description:
            'random: what ParameterSampler of scikit-learn draws; tpe: ten of those, then what resembles the best of them',
        },
        pruner: {
          enum: ['none', 'median', 'successive_halving'],
          description:
            'Which candidates are given up after their first folds; median: those below the median of earlier ones; ' +
            'successive_halving: at 1, 4, ... folds all but the best quarter. Default: none',
        },
        batch: {
          type: 'integer',
          minimum: 1,
          description:
            'Candidates that tpe suggests, or a pruner judges, together; what is found depends on it, not on the threads. Default: 4',
        },
        n_iter: { type: 'integer', minimum: 1, description: 'Candidates; each is fitted cv times' },
        cv: {
          type: 'integer',
          minimum: 2,
          description: 'Folds of the training questions, with even shares of every tag',
        },
        seed: { type: 'integer', minimum: 0, maximum: 4_294_967_295, description: 'Of the candidates' },
        threshold: {
          enum: ['fixed', 'best'],
          description:
            'A candidate is scored at threshold 0, or at the one that is best for all its folds together',
        },
        refit: { enum: METRICS, description: 'The metric by which the best is chosen' },
        space: spaceSchema,
      },
    },
    train: trainSchema,
  },
  allOf: spaceOfItsKind,
} as const;

type Params = ParamsOf<typeof params>;

export default async function run(context: StageContext<Params>): Promise<void> {
  const { search: settings, train } = context.params;
  const [found, table] = context.outs;
  const names = Object.keys(settings.space);
  const columns = { names, folds: settings.cv, refit: settings.refit };
  if (train.from === 'config') {
    writeSearch(found!, { kind: 'not-searched' });
    writeCandidates(table!, columns, []);
    context.log('Nothing is searched: train.from is config');
    return;
  }
  const sampler = createSampler(settings);
  const trials = await tryAll(context, sampler);
  const best = bestTrial(trials, settings.refit);
  const { candidate, scores } = trials[best]!;
  writeSearch(found!, {
    kind: 'searched',
    settings: candidate,
    candidate: best,
    candidates: trials.length,
    folds: settings.cv,
    refit: settings.refit,
    threshold: { rule: settings.threshold, value: scores.threshold },
    scores: meansOf(trials[best]!),
  });
  writeCandidates(table!, columns, trials);
  const { mean, std } = scores.metrics[settings.refit];
  const pruned = trials.filter(({ scores: { pruned: isPruned } }) => isPruned).length;
  const among = pruned === 0 ? `${trials.length}` : `${trials.length}, ${pruned} pruned`;
  context.log(
    `Best of ${among}: ${textOf(candidate)}; ${settings.refit} ${mean.toFixed(3)}, std ${std.toFixed(3)}`,
  );
}

function createSampler(settings: Params['search']): Sampler {
  const { sampler, space, n_iter, seed, refit: metric, pruner = 'none', batch = BATCH } = settings;
  try {
    const read = readSpace(space);
    if (sampler === 'tpe') return tpeSampler(read, { n: n_iter, seed, batch, metric });
    const random = randomSampler(read, n_iter, seed);
    return pruner === 'none' ? random : inBatches(random, batch);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StageFailure(`search.space: ${error.message}`, { hint: 'write [low, high]', cause: error });
  }
}

const BATCH = 4;

const PRUNERS = {
  none: undefined,
  median: medianPruner,
  successive_halving: successiveHalvingPruner,
} as const;

async function tryAll(context: StageContext<Params>, sampler: Sampler): Promise<readonly Trial[]> {
  const { cv: folds, threshold, refit: metric, pruner = 'none' } = context.params.search;
  const prune = PRUNERS[pruner];
  const base = classifierSettings(context.params.train);
  const { matrix: Y, rowsOf } = readLabelMatrix(context.deps[0]!);
  const { matrix: X, rowsOf: otherRows } = readCsr(context.deps[1]!);
  if (rowsOf !== otherRows) throw new StageFailure('The labels and the features are of different questions');
  checkFeatures(base.kind, X.columns);
  if (folds > Y.rows) {
    throw new StageFailure(`Cannot make ${folds} folds of ${Y.rows} questions`, { hint: 'lower search.cv' });
  }
  const { threads, signal } = context;
  const memory = searchMemory(context.checkpointDirectory(), folds);
  const onFit = (done: number): void => {
    context.progress(done, sampler.candidates * folds, 'fits');
  };
  return search({ sampler, base, folds, threshold, pruner: prune && { prune, metric } }, X, Y, {
    threads,
    signal,
    memory,
    onFit,
  });
}

const meansOf = ({ scores }: Trial) =>
  Object.fromEntries(
    METRICS.map((metric) => {
      const { mean, std } = scores.metrics[metric];
      return [metric, { mean, std }];
    }),
  ) as Record<Metric, { readonly mean: number; readonly std: number }>;

const textOf = (candidate: Trial['candidate']): string =>
  Object.entries(candidate)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? value.toPrecision(3) : String(value)}`)
    .join(', ');
