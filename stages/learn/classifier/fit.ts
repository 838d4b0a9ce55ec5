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
  fitSgd,
  type ThreadOptions,
} from '../linear/index.ts';
import { fitNeighbors } from '../neighbors/index.ts';
import type { Csr } from '../sparse/index.ts';
import { fitBoostedTrees, fitRandomForest } from '../trees/index.ts';
import type { Classifier, ClassifierFit } from './classifier.ts';
import {
  boostedTreesParams,
  type ClassifierSettings,
  complementNbParams,
  forestParams,
  knnParams,
  linearSvcParams,
  logisticRegressionParams,
  sgdParams,
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
    case 'sgd':
      return fitAtOnce(fitSgd(sgdParams(settings), X, Y), Y, options);
    case 'complement_nb':
      return fitAtOnce(fitComplementNb(complementNbParams(settings), X, Y), Y, options);
    case 'knn':
      return fitAtOnce(unrepeated(fitNeighbors(knnParams(settings), X, Y), Y), Y, options);
    case 'random_forest':
      return fitAtOnce(unrepeated(fitRandomForest(forestParams(settings), X, Y), Y), Y, options);
    case 'boosted_trees':
      return unrepeated(fitBoostedTrees(boostedTreesParams(settings), X, Y, options.onLabel), Y);
  }
}

/** A fit of all labels together, told of when it is done. */
function fitAtOnce(fit: ClassifierFit, { labels }: LabelMatrix, { onLabel }: ThreadOptions): ClassifierFit {
  for (let done = 1; done <= labels; done++) onLabel?.(done);
  return fit;
}

/** Of a fit that has no tolerance to be within. */
const unrepeated = (model: Classifier, { labels }: LabelMatrix): ClassifierFit => ({
  model,
  iterations: new Uint32Array(labels),
  unconverged: [],
});
