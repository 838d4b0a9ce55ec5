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
  selectLabelRows,
} from './binarizer.ts';
export { countTags, fewestTagsCovering, type TagCount } from './coverage.ts';
