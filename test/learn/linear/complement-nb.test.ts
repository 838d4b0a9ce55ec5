import * as assert from 'uvu/assert';
import { binarizeLabels, type LabelMatrix } from '../../../stages/learn/labels/index.ts';
import { decisionFunction, fitComplementNb } from '../../../stages/learn/linear/index.ts';
import { type Csr, csrFromRows } from '../../../stages/learn/sparse/index.ts';
import { suite, table } from '../../support/suite.ts';
import { largestDifference, readDocuments, readGolden, withoutGolden } from '../golden.ts';

interface Golden {
  readonly vocabulary: readonly string[];
  readonly fits: readonly {
    readonly model: string;
    readonly y: string;
    readonly params: { readonly alpha?: number; readonly norm?: boolean };
    readonly feature_log_prob: readonly (readonly number[])[];
    readonly jll_head: readonly (readonly number[])[];
    readonly pred: readonly number[];
  }[];
}

const oneLabel = (rows: readonly boolean[]): LabelMatrix =>
  binarizeLabels(
    ['it'],
    rows.map((isOn) => (isOn ? ['it'] : [])),
  ).matrix;

function countWords(vocabulary: readonly string[], texts: readonly string[]): Csr {
  const columns = new Map(vocabulary.map((word, column) => [word, column]));
  const rows = texts.map((text) => {
    const counts = new Map<number, number>();
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? []) {
      const column = columns.get(word);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    return [...counts];
  });
  return csrFromRows(rows, vocabulary.length);
}

suite('fitComplementNb() has the weights, scores and predictions of ComplementNB', {
  skip: withoutGolden,
}, (test) => {
  const golden = readGolden('nb') as Golden;
  const { texts, tags } = readDocuments();
  const X = countWords(golden.vocabulary, texts);
  const Y = oneLabel(tags.map((own) => own.includes('python')));
  table(
    test,
    golden.fits
      .filter(({ model, y }) => model === 'ComplementNB' && y === 'python')
      .map((fit) => ({ ...fit, name: JSON.stringify(fit.params) })),
    ({ params, feature_log_prob: [no, yes], jll_head, pred }) => {
      const { model } = fitComplementNb({ alpha: params.alpha ?? 1, norm: params.norm ?? false }, X, Y);
      const differences = yes!.map((weight, j) => weight - no![j]!);
      assert.ok(largestDifference(model.coefficients, differences) < 1e-9);
      const scores = decisionFunction(model, X);
      const ratios = jll_head.map(([ofNo, ofYes]) => ofYes! - ofNo!);
      assert.ok(largestDifference(scores.subarray(0, ratios.length), ratios) < 1e-9);
      assert.equal(
        [...scores].map((score) => (score > 0 ? 1 : 0)),
        pred,
      );
    },
  );
});

suite('fitComplementNb() on degenerate data', (test) => {
  const X = csrFromRows([[[0, 1]], [[1, 2]], []], 3);
  test('a label in every row or in none has a constant score', () => {
    const Y = binarizeLabels(['all', 'none'], [['all'], ['all'], ['all']]).matrix;
    const { model, unconverged } = fitComplementNb({ alpha: 1, norm: false }, X, Y);
    assert.equal([...decisionFunction(model, X)], [1, -1, 1, -1, 1, -1]);
    assert.equal(unconverged, []);
  });
  test('an empty row scores 0 for a label that some rows have: it is not given', () => {
    const { model } = fitComplementNb({ alpha: 1, norm: false }, X, oneLabel([true, false, true]));
    assert.is(decisionFunction(model, X)[2], 0);
  });
  table(
    test,
    [
      {
        name: 'a value below 0 is refused',
        X: csrFromRows([[[0, -1]], [], []], 3),
        alpha: 1,
        why: /below 0/,
      },
      { name: 'an alpha of 0 is refused', X, alpha: 0, why: /alpha is 0/ },
      { name: 'no row is refused', X: csrFromRows([], 3), alpha: 1, why: /no row/ },
    ],
    ({ X: data, alpha, why }) => {
      const Y = oneLabel(Array.from({ length: data.rows }, (_, i) => i === 0));
      assert.throws(() => fitComplementNb({ alpha, norm: false }, data, Y), why);
    },
  );
});
