import * as assert from 'uvu/assert';
import { chooseDecision, microF1 } from '../../../stages/learn/decision/index.ts';
import type { Fields } from '../../../stages/learn/features/index.ts';
import { binarizeLabels, type LabelMatrix, stratifiedFolds } from '../../../stages/learn/labels/index.ts';
import { createRandom, shuffleInPlace } from '../../../stages/learn/random/index.ts';
import { createRerank, fitReranker, type RerankSettings } from '../../../stages/learn/rerank/index.ts';
import { DECISION } from '../../stages/tagging.ts';
import { suite } from '../../support/suite.ts';
import { largestDifference } from '../golden.ts';

const CLASSES = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu', 'hen'];
const SETTINGS: RerankSettings = { kind: 'logistic_regression', candidates: 4, C: 1 };
const FOLDS = 4;

interface Drawn {
  readonly questions: readonly Fields[];
  readonly tags: readonly (readonly string[])[];
  readonly Y: LabelMatrix;
  readonly scores: Float64Array;
  readonly foldOf: Uint32Array;
}

/** Scores that know a little; titles that name half of a question's tags, and sometimes another. */
function draw(key: string, rows: number, classes = CLASSES): Drawn {
  const random = createRandom(key);
  const pick = (): string => CLASSES[Math.floor(random() * random() * CLASSES.length)]!;
  const tags = Array.from({ length: rows }, () => [...new Set([pick(), pick()])]);
  const questions = tags.map((own) => {
    const named = own.filter(() => random() < 0.5);
    const title = [...named, random() < 0.2 ? pick() : 'how', 'and why'].join(' ');
    return { title, text: 'x'.repeat(Math.floor(random() * 50)), code: '', links: [] };
  });
  const knowing = new Map(
    CLASSES.map((name) => [name, tags.map((own) => (own.includes(name) ? 1 : 0) + 1.5 * random())]),
  );
  const scores = Float64Array.from(
    { length: rows * classes.length },
    (_, cell) => knowing.get(classes[cell % classes.length]!)![Math.floor(cell / classes.length)]!,
  );
  const Y = binarizeLabels(classes, tags).matrix;
  return { questions, tags, Y, scores, foldOf: stratifiedFolds(Y, FOLDS) };
}

const bestF1 = (scores: Float64Array, Y: LabelMatrix): number =>
  microF1(chooseDecision(DECISION, scores, Y), scores, Y);

const FEW_TREES = { n_estimators: 20, max_leaf_nodes: 8, learning_rate: 0.3 };
const TREES: RerankSettings = { ...SETTINGS, kind: 'boosted_trees', boosted_trees: FEW_TREES };

const fit = ({ questions, scores, Y, foldOf }: Drawn, settings = SETTINGS) =>
  fitReranker(settings, CLASSES, questions, [scores], Y, foldOf, 1000);

for (const settings of [SETTINGS, TREES]) {
  suite(`the second stage by ${settings.kind}`, (test) => {
    test('finds nothing where labels are shuffled: no label leaks into its features', () => {
      const data = draw('shuffled', 400);
      const order = Uint32Array.from({ length: 400 }, (_, i) => i);
      shuffleInPlace(order, createRandom('order'));
      const Y = binarizeLabels(
        CLASSES,
        Array.from(order, (i) => data.tags[i]!),
      ).matrix;
      const foldOf = stratifiedFolds(Y, FOLDS);
      const { outOfFold } = fitReranker(settings, CLASSES, data.questions, [data.scores], Y, foldOf, 1000);
      const chance = bestF1(new Float64Array(Y.rows * Y.labels), Y);
      const byPrior = bestF1(
        Float64Array.from({ length: Y.rows * Y.labels }, (_, cell) => -(cell % Y.labels)),
        Y,
      );
      const reached = bestF1(outOfFold, Y);
      assert.ok(reached < Math.max(chance, byPrior) + 0.03, `${reached}, by chance ${chance}, ${byPrior}`);
    });
    test('gives a question the odds that it has by itself, and the same each time', () => {
      const { reranker, outOfFold } = fit(draw('train', 120), settings);
      assert.equal(fit(draw('train', 120), settings), { reranker, outOfFold });
      const later = draw('later', 10);
      const weigh = createRerank(reranker, CLASSES);
      const together = weigh(later.questions, [later.scores]);
      later.questions.forEach((question, row) => {
        const own = later.scores.subarray(row * 8, row * 8 + 8);
        assert.equal([...weigh([question], [own])], [...together.subarray(row * 8, row * 8 + 8)]);
      });
    });
  });
}

suite('the second stage', (test) => {
  test('adds what the scores do not know, to questions that it has seen and to others', () => {
    const train = draw('train', 400);
    const later = draw('later', 200);
    const { reranker, outOfFold } = fit(train);
    const first = bestF1(train.scores, train.Y);
    assert.ok(bestF1(outOfFold, train.Y) > first + 0.03, `${bestF1(outOfFold, train.Y)} and ${first}`);
    const odds = createRerank(reranker, CLASSES)(later.questions, [later.scores]);
    const before = bestF1(later.scores, later.Y);
    assert.ok(bestF1(odds, later.Y) > before + 0.03, `${bestF1(odds, later.Y)} and ${before}`);
  });
  test('does not depend on the order of the labels, but for rounding', () => {
    const order = [3, 0, 7, 1, 6, 2, 5, 4];
    const classes = order.map((k) => CLASSES[k]!);
    const data = draw('train', 200);
    const other = { ...draw('train', 200, classes), foldOf: data.foldOf };
    const a = fitReranker(
      SETTINGS,
      CLASSES,
      data.questions,
      [data.scores],
      data.Y,
      data.foldOf,
      1000,
    ).outOfFold;
    const b = fitReranker(
      SETTINGS,
      classes,
      other.questions,
      [other.scores],
      other.Y,
      other.foldOf,
      1000,
    ).outOfFold;
    const back = a.map((_, cell) => b[cell - (cell % 8) + order.indexOf(cell % 8)]!);
    assert.ok(largestDifference(a, back) < 1e-8, `${largestDifference(a, back)}`);
  });
});

suite('the second stage on degenerate data', (test) => {
  const EMPTY: Fields = { title: '', text: '', code: '', links: [] };
  test('one tag, empty questions and tags that nobody has or all have', () => {
    const tags = [['a'], ['a'], ['a', 'b'], ['a']];
    const questions = tags.map(() => EMPTY);
    for (const [classes, settings] of [['a'], ['none'], ['a', 'b', 'none']].flatMap((names) =>
      [SETTINGS, TREES].map((kind) => [names, kind] as const),
    )) {
      const Y = binarizeLabels(classes, tags).matrix;
      const scores = Float64Array.from({ length: Y.rows * Y.labels }, (_, i) => (i % 3) - 1);
      const foldOf = Uint32Array.of(0, 1, 0, 1);
      const { outOfFold, reranker } = fitReranker(settings, classes, questions, [scores], Y, foldOf, 1000);
      assert.ok(outOfFold.every(Number.isFinite), classes.join());
      assert.ok(createRerank(reranker, classes)(questions, [scores]).every(Number.isFinite), classes.join());
    }
  });
});

/** A tag is true where its name stands in the title or in the text, not where it stands in both; scores know nothing. */
function eitherOr(key: string, rows: number): Drawn {
  const random = createRandom(key);
  const some = (): readonly string[] => CLASSES.filter(() => random() < 0.4);
  const fields = Array.from({ length: rows }, () => ({ title: some(), text: some() }));
  const tags = fields.map(({ title, text }) =>
    CLASSES.filter((name) => title.includes(name) !== text.includes(name)),
  );
  const questions = fields.map(({ title, text }) => ({
    title: title.join(' '),
    text: text.join(' '),
    code: '',
    links: [],
  }));
  const scores = Float64Array.from({ length: rows * CLASSES.length }, () => random());
  const Y = binarizeLabels(CLASSES, tags).matrix;
  return { questions, tags, Y, scores, foldOf: stratifiedFolds(Y, FOLDS) };
}

suite('boosted trees as the second stage', (test) => {
  test('learn how two features act together, which logistic regression cannot', () => {
    const [train, later] = [eitherOr('train', 300), eitherOr('later', 150)];
    const [byRegression, byTrees] = [SETTINGS, TREES].map((kind) => {
      const { reranker, outOfFold } = fit(train, { ...kind, candidates: CLASSES.length });
      const odds = createRerank(reranker, CLASSES)(later.questions, [later.scores]);
      return { outOfFold: bestF1(outOfFold, train.Y), later: bestF1(odds, later.Y) };
    });
    // That it is named at all is all that a sum of features can say: 6 / 7.
    assert.ok(byRegression!.outOfFold < 0.88 && byRegression!.later < 0.88, JSON.stringify(byRegression));
    assert.ok(byTrees!.outOfFold > 0.97 && byTrees!.later > 0.97, JSON.stringify(byTrees));
  });
  test('learn from max_pairs of the pairs, the same ones each time', () => {
    const data = eitherOr('train', 300);
    const few = { ...TREES, candidates: CLASSES.length, boosted_trees: { ...FEW_TREES, max_pairs: 1000 } };
    const { outOfFold, reranker } = fit(data, few);
    assert.equal(fit(data, few), { outOfFold, reranker });
    assert.not.equal(outOfFold, fit(data, { ...few, boosted_trees: FEW_TREES }).outOfFold);
    assert.ok(bestF1(outOfFold, data.Y) > 0.9, `${bestF1(outOfFold, data.Y)}`);
  });
});
