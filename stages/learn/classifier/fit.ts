/**
 * The fit of a classifier of any kind.
 *
 * @module
 */

import type { LabelMatrix } from '../labels/index.ts';
import {
  fitComplementNb,
  fitLinearSvcOnThreads,
  fitLogisticRegressionOnThreads,
  type ThreadOptions,
} from '../linear/index.ts';
import { fitNeighbors } from '../neighbors/index.ts';
import type { Csr } from '../sparse/index.ts';
import type { ClassifierFit } from './classifier.ts';
import {
  type ClassifierSettings,
  complementNbParams,
  knnParams,
  linearSvcParams,
  logisticRegressionParams,
} from './settings.ts';

/**
 * The same bits for any number of threads.
 *
 * @param X Shape (rows, features), at least one row.
 * @param Y Shape (rows, labels).
 * @throws {RangeError} If the shapes differ, there is no row, a setting is out of its range, or X has a value that the
 *   kind cannot take.
 */
export async function fitClassifier(
  settings: ClassifierSettings,
  X: Csr,
  Y: LabelMatrix,
  options: ThreadOptions,
): Promise<ClassifierFit> {
  options.signal?.throwIfAborted();
  switch (settings.kind) {
    case 'linear_svc':
      return fitLinearSvcOnThreads(linearSvcParams(settings), X, Y, options);
    case 'logistic_regression':
      return fitLogisticRegressionOnThreads(logisticRegressionParams(settings), X, Y, options);
    case 'complement_nb':
      return fitAtOnce(fitComplementNb(complementNbParams(settings), X, Y), Y, options);
    case 'knn': {
      const model = fitNeighbors(knnParams(settings), X, Y);
      return fitAtOnce({ model, iterations: new Uint32Array(Y.labels), unconverged: [] }, Y, options);
    }
  }
}

/** A fit without threads, told of when it is done. */
function fitAtOnce(fit: ClassifierFit, { labels }: LabelMatrix, { onLabel }: ThreadOptions): ClassifierFit {
  for (let done = 1; done <= labels; done++) onLabel?.(done);
  return fit;
}
