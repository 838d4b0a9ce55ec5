import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  type BoostedTreesParams,
  createBoostedTreesScorer,
  createForestScorer,
  type ForestParams,
  fitBoostedTrees,
  fitRandomForest,
} from '../../../stages/learn/trees/index.ts';
import { ROOT } from '../../support/golden-file.ts';
import { suite, table, unless } from '../../support/suite.ts';
import { largestDifference, readGolden, withoutGolden } from '../golden.ts';
import { csrOf, drawn, labelsOf } from './problem.ts';

const ONE_TREE: ForestParams = {
  estimators: 1,
  maxDepth: undefined,
  minSamplesLeaf: 1,
  minSamplesSplit: 2,
  criterion: 'gini',
  classWeight: undefined,
  maxFeatures: undefined,
  bootstrap: false,
  seed: 0,
};

const BOOSTED: BoostedTreesParams = {
  estimators: 20,
  learningRate: 0.1,
  maxLeafNodes: 8,
  maxDepth: undefined,
  minSamplesLeaf: 40,
  l2: 0,
  maxBins: 255,
  classWeight: undefined,
};

interface GoldenTree {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  /** For each node and label the shares of the rows without it and with it. */
  readonly value: readonly (readonly (readonly [number, number])[])[];
}

interface Golden {
  readonly X: readonly (readonly number[])[];
  readonly Y: readonly (readonly number[])[];
  readonly single_gini: GoldenTree;
  readonly multi_output_gini: GoldenTree;
}

suite("a tree is scikit-learn's", { skip: withoutGolden }, (test) => {
  const cases = [
    { name: 'single_gini', labels: 1, params: { maxDepth: 4 } },
    { name: 'multi_output_gini', labels: 3, params: { maxDepth: 4, minSamplesLeaf: 2 } },
  ] as const;
  table(test, cases, ({ name, labels, params }) => {
    const golden = readGolden('tree') as Golden;
    const Y = golden.Y.map((row) => row.slice(0, labels));
    const { nodes, leaves } = fitRandomForest({ ...ONE_TREE, ...params }, csrOf(golden.X), labelsOf(Y));
    const expected = golden[name];
    const shareOf = (rows: readonly number[], label: number): number =>
      rows.filter((row) => Y[row]![label] === 1).length / rows.length;
    const impurityOf = (rows: readonly number[]): number =>
      rows.length *
      Y[0]!.reduce((sum, _, label) => sum + shareOf(rows, label) * (1 - shareOf(rows, label)), 0);
    const partsOf = (rows: readonly number[], feature: number, threshold: number) => {
      const isLeft = (row: number): boolean => golden.X[row]![feature]! <= threshold;
      return [rows.filter(isLeft), rows.filter((row) => !isLeft(row))] as const;
    };
    let compared = 0;
    const compare = (theirs: number, ours: number, rows: readonly number[]): void => {
      compared++;
      const [feature, threshold] = [expected.feature[theirs]!, expected.threshold[theirs]!];
      assert.is(nodes.feature[ours]! < 0, feature < 0);
      if (feature < 0) {
        const leaf = leaves.leafOf[ours]!;
        for (let k = leaves.starts[leaf]!; k < leaves.starts[leaf + 1]!; k++) {
          const share = expected.value[theirs]![leaves.labels[k]!]![1];
          assert.ok(Math.abs(leaves.shares[k]! - share) < 1e-9);
        }
        return;
      }
      const [left, right] = partsOf(rows, feature, threshold);
      const own = partsOf(rows, nodes.feature[ours]!, nodes.threshold[ours]!);
      // Of splits that are equally good, which one there depends on random numbers.
      const [best, reached] = [[left, right], own].map(([a, b]) => impurityOf(a) + impurityOf(b));
      assert.ok(Math.abs(best! - reached!) < 1e-9, `${reached} where ${best} is reached`);
      if (nodes.feature[ours] !== feature) return;
      assert.ok(Math.abs(nodes.threshold[ours]! - threshold) < 1e-6);
      compare(expected.left[theirs]!, nodes.left[ours]!, left);
      compare(expected.right[theirs]!, nodes.right[ours]!, right);
    };
    compare(0, 0, [...Y.keys()]);
    assert.ok(compared >= expected.feature.length / 2);
  });
});

const PYTHON = process.env['DVC_LIKE_PYTHON'];
const skip = unless(PYTHON !== undefined, 'DVC_LIKE_PYTHON names no Python with scikit-learn');

/** With nodes large enough that no two splits are equally good: scikit-learn's own trees do not depend on its seed. */
const TREES = (['gini', 'entropy'] as const).flatMap((criterion) =>
  (['balanced', undefined] as const).flatMap((classWeight) =>
    [100, 200].map((minSamplesSplit) => ({
      criterion,
      classWeight,
      minSamplesSplit,
      theirs: { criterion, class_weight: classWeight ?? null, min_samples_split: minSamplesSplit },
    })),
  ),
);

suite('beside scikit-learn', { skip }, (test) => {
  // With 255 no common divisor: no end of a bin lies between two rows, where numpy's depends on the last bit.
  const { X, Y } = drawn('train', 1499);
  const at = drawn('held', 500);
  let answers = { boosted: [[0]], forest: [[0]], trees: [[[0]]] };
  const byLabel = (scores: Float64Array, label: number) => at.X.map((_, i) => scores[i * 3 + label]!);

  test('which is at hand', () => {
    const boosted = { max_iter: 20, learning_rate: 0.1, max_leaf_nodes: 8, min_samples_leaf: 40 };
    const input = JSON.stringify({
      X,
      Y,
      at: at.X,
      boosted,
      forest: { n_estimators: 60, min_samples_leaf: 2 },
      trees: TREES.map(({ theirs }) => theirs),
    });
    const script = `${ROOT}test/learn/trees/sklearn_trees.py`;
    answers = JSON.parse(execFileSync(PYTHON!, [script], { input, encoding: 'utf8' })) as typeof answers;
    assert.is(answers.boosted.length, 3);
  });
  test('boosted trees give the same log-odds', () => {
    const scores = createBoostedTreesScorer(fitBoostedTrees(BOOSTED, csrOf(X), labelsOf(Y)))(csrOf(at.X));
    answers.boosted.forEach((expected, label) => {
      // Sums of gradients are in single precision there.
      assert.ok(largestDifference(byLabel(scores, label), expected) < 1e-6);
    });
  });
  test('a tree gives the same shares, by each criterion, weighed or not', () => {
    TREES.forEach(({ theirs, ...ours }, i) => {
      const scores = createForestScorer(fitRandomForest({ ...ONE_TREE, ...ours }, csrOf(X), labelsOf(Y)))(
        csrOf(at.X),
      );
      answers.trees[i]!.forEach((expected, label) => {
        const shares = byLabel(scores, label).map((score) => score + 0.5);
        const difference = largestDifference(shares, expected);
        assert.ok(difference < 1e-9, `${JSON.stringify(theirs)}, label ${label}: ${difference}`);
      });
    });
  });
  test('a forest is right as often, and its shares are near', () => {
    const params: ForestParams = {
      ...ONE_TREE,
      estimators: 60,
      minSamplesLeaf: 2,
      maxFeatures: 'sqrt',
      bootstrap: true,
    };
    const scores = createForestScorer(fitRandomForest(params, csrOf(X), labelsOf(Y)))(csrOf(at.X));
    answers.forest.forEach((expected, label) => {
      const own = byLabel(scores, label);
      const right = (shares: readonly number[], threshold: number): number =>
        shares.filter((share, i) => share > threshold === (at.Y[i]![label] === 1)).length;
      const [ours, theirs] = [right(own, 0), right(expected, 0.5)];
      assert.ok(Math.abs(ours - theirs) <= 15, `label ${label}: right ${ours} times, not ${theirs}`);
      const distance =
        own.reduce((sum, share, i) => sum + Math.abs(share + 0.5 - expected[i]!), 0) / own.length;
      assert.ok(distance < 0.06, `label ${label}: ${distance} apart`);
    });
  });
});

suite('trees', (test) => {
  const kinds = [
    {
      name: 'random forest',
      fit: (X: number[][], Y: number[][]) =>
        createForestScorer(
          fitRandomForest(
            { ...ONE_TREE, estimators: 5, maxFeatures: 'sqrt', bootstrap: true },
            csrOf(X),
            labelsOf(Y),
          ),
        ),
    },
    {
      name: 'random forest of weighed rows, by entropy',
      fit: (X: number[][], Y: number[][]) => {
        const params: ForestParams = { ...ONE_TREE, criterion: 'entropy', classWeight: 'balanced' };
        return createForestScorer(fitRandomForest(params, csrOf(X), labelsOf(Y)));
      },
    },
    {
      name: 'boosted trees',
      fit: (X: number[][], Y: number[][]) =>
        createBoostedTreesScorer(
          fitBoostedTrees({ ...BOOSTED, estimators: 3, minSamplesLeaf: 2 }, csrOf(X), labelsOf(Y)),
        ),
    },
  ];
  table(test, kinds, ({ fit }) => {
    const some = fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, (X) => {
        const Y = X.map(([a, b]) => [Number(a! > 0), Number(b! > 1), 0, 1]);
        const scores = fit(X, Y)(csrOf(X));
        X.forEach((_, i) => {
          assert.ok([0, 1, 2, 3].every((label) => Number.isFinite(scores[i * 4 + label])));
          // A label of no row and one of all.
          assert.ok(scores[i * 4 + 2]! < 0 && scores[i * 4 + 3]! > 0);
          // By itself a row has the scores that it has among others.
          assert.equal(fit(X, Y)(csrOf([X[i]!])), scores.slice(i * 4, i * 4 + 4));
        });
      }),
      { numRuns: 20 },
    );
  });
  test('of one row, of features that are all the same, and of none that are set', () => {
    for (const { fit } of kinds) {
      for (const X of [
        [[1, 2]],
        [
          [1, 1],
          [1, 1],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ]) {
        const scores = fit(
          X,
          X.map((_, i) => [Number(i === 0), 1]),
        )(csrOf(X));
        assert.ok(scores.every(Number.isFinite));
      }
    }
  });
  test('boosted trees of a label do not depend on the others', () => {
    const { X, Y } = drawn('alone', 200);
    const all = createBoostedTreesScorer(fitBoostedTrees(BOOSTED, csrOf(X), labelsOf(Y)))(csrOf(X));
    const alone = Y.map((row) => [row[2]!]);
    const own = createBoostedTreesScorer(fitBoostedTrees(BOOSTED, csrOf(X), labelsOf(alone)))(csrOf(X));
    assert.equal(
      [...own],
      X.map((_, i) => all[i * 3 + 2]),
    );
  });
  test('refuse a value that is no number, other features, and what is too large to be made dense', () => {
    const X = csrOf([[1], [2]]);
    const Y = labelsOf([[1], [0]]);
    const infinite = { ...X, values: Float64Array.of(1, NaN) };
    assert.throws(() => fitRandomForest(ONE_TREE, infinite, Y), /not finite/);
    assert.throws(
      () => createForestScorer(fitRandomForest(ONE_TREE, X, Y))(csrOf([[1, 2]])),
      /2 features, the model 1/,
    );
    assert.throws(() => fitBoostedTrees(BOOSTED, { ...X, columns: 4097 }, Y), /4096 are the most/);
    assert.throws(() => fitRandomForest({ ...ONE_TREE, estimators: 0 }, X, Y), /estimators is 0/);
    assert.throws(() => fitRandomForest({ ...ONE_TREE, minSamplesSplit: 1 }, X, Y), /minSamplesSplit is 1/);
    assert.throws(() => fitBoostedTrees({ ...BOOSTED, maxBins: 256 }, X, Y), /maxBins is 256/);
  });
});
