/**
 * Tags as labels.
 *
 * @module
 */

export {
  type Binarized,
  binarizeLabels,
  inverseLabels,
  type LabelMatrix,
} from './binarizer.ts';
export { countTags, fewestTagsCovering, type TagCount } from './coverage.ts';
export { selectLabelRows } from './select-rows.ts';
export { stratifiedFolds } from './stratified-folds.ts';
