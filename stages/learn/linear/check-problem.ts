/**
 * What every fit asks of its data.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import type { Csr } from '../sparse/index.ts';

/** @throws {RangeError} If the shapes differ, there is no row or a value is not finite. */
export function checkProblem(X: Csr, Y: LabelMatrix): void {
  if (X.rows !== Y.rows) throw new RangeError(`X has ${X.rows} rows, Y ${Y.rows}`);
  if (X.rows === 0) throw new RangeError('There is no row to learn from');
  for (let k = 0; k < X.values.length; k++) {
    if (!Number.isFinite(X.values[k])) throw new RangeError('X has a value that is not finite');
  }
}
