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
