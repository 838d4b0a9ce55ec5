import fc from 'fast-check';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import * as assert from 'uvu/assert';
import {
  fitTruncatedSvd,
  projectRows,
  type TruncatedSvd,
} from '../../../stages/learn/decomposition/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { type Csr, csrFromRows, selectRows } from '../../../stages/learn/sparse/index.ts';
import { suite } from '../../support/suite.ts';
import { largestDifference, readGolden, withoutGolden } from '../golden.ts';

const componentOf = ({ components, columns, loadings }: TruncatedSvd, j: number): Float64Array =>
  Float64Array.from({ length: columns }, (_, c) => loadings[c * components + j]!);

suite('fitTruncatedSvd() finds what scikit-learn finds', { skip: withoutGolden }, (test) => {
  const { X: parts, n_features: columns } = readGolden('linear') as {
    readonly X: { readonly indptr: number[]; readonly indices: number[]; readonly data: number[] };
    readonly n_features: number;
  };
  const X: Csr = {
    rows: parts.indptr.length - 1,
    columns,
    indptr: Uint32Array.from(parts.indptr),
    indices: Uint32Array.from(parts.indices),
    values: Float64Array.from(parts.data),
  };
  const golden = readGolden('svd') as {
    readonly singular_values: readonly number[];
    readonly components: readonly (readonly number[])[];
  };
  const svd = fitTruncatedSvd({ components: 5, iterations: 30, seed: 0 }, X);
  test('singular values', () => {
    assert.ok(largestDifference(svd.singularValues, golden.singular_values.slice(0, 5)) < 1e-9);
  });
  test('components and their signs', () => {
    golden.components.forEach((component, j) => {
      const difference = largestDifference(componentOf(svd, j), component);
      assert.ok(difference < 1e-7, `${j}: ${difference}`);
    });
  });
  test('nearly so with the iterations that do for text', () => {
    const quick = fitTruncatedSvd({ components: 5, iterations: 5, seed: 1 }, X);
    assert.ok(largestDifference(quick.singularValues, golden.singular_values.slice(0, 5)) < 2e-3);
  });
});

/** Low ranks, empty rows and columns, one row. */
const sparse = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, columns]) =>
    fc
      .array(
        fc.uniqueArray(fc.tuple(fc.nat(columns - 1), fc.integer({ min: -3, max: 3 })), {
          selector: ([c]) => c,
        }),
        {
          minLength: rows,
          maxLength: rows,
        },
      )
      .map((entries) => csrFromRows(entries, columns)),
  );

const denseOf = (X: Csr): number[][] =>
  Array.from({ length: X.rows }, (_, i) => {
    const row = new Array<number>(X.columns).fill(0);
    for (let k = X.indptr[i]!; k < X.indptr[i + 1]!; k++) row[X.indices[k]!] = X.values[k]!;
    return row;
  });

suite('fitTruncatedSvd() of small matrices', (test) => {
  test('has the singular values of the dense one, and orthonormal directions', () => {
    fc.assert(
      fc.property(sparse, fc.nat(100), (X, seed) => {
        const components = Math.min(X.rows, X.columns);
        const svd = fitTruncatedSvd({ components, iterations: 4, seed }, X);
        const { diagonal } = new SingularValueDecomposition(new Matrix(denseOf(X)), { autoTranspose: true });
        assert.ok(largestDifference(svd.singularValues, diagonal.slice(0, components)) < 1e-9);
        const projected = denseOf(projectRows(svd, X));
        for (let j = 0; j < components; j++) {
          for (let other = 0; other <= j; other++) {
            const [a, b] = [componentOf(svd, j), componentOf(svd, other)];
            const product = a.reduce((sum, value, c) => sum + value * b[c]!, 0);
            const wanted = j === other && svd.singularValues[j]! > 0 ? 1 : 0;
            assert.ok(Math.abs(product - wanted) < 1e-9, `${j} ${other}: ${product}`);
          }
          const length = Math.hypot(...projected.map((row) => row[j]!));
          assert.ok(Math.abs(length - svd.singularValues[j]!) < 1e-9, 'the rows have the length of S');
        }
      }),
      { numRuns: 300 },
    );
  });
  test('the same seed gives the same bits, whatever else the process does', () => {
    const random = createRandom('svd test');
    const X = csrFromRows(
      Array.from({ length: 40 }, () => [0, 3, 5, 9].map((c) => [c, random()] as const)),
      12,
    );
    const params = { components: 3, iterations: 2, seed: 7 };
    assert.equal(fitTruncatedSvd(params, X), fitTruncatedSvd(params, X));
    const svd = fitTruncatedSvd(params, X);
    const all = projectRows(svd, X);
    for (let i = 0; i < X.rows; i++) {
      assert.equal(projectRows(svd, selectRows(X, [i])), selectRows(all, [i]), 'a row alone as among others');
    }
  });
  test('more components than rows or columns are refused', () => {
    const X = csrFromRows([[[0, 1]], [[1, 1]]], 5);
    assert.throws(
      () => fitTruncatedSvd({ components: 3, iterations: 1, seed: 0 }, X),
      /n_components is 3: 2 rows/,
    );
  });
});
