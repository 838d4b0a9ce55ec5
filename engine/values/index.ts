export { diffValues, type ValueDiff, type ValueFiles } from './diff-values.ts';
export { type EditedText, type NewValue, removeValue, setValue } from './edit-value.ts';
export { flattenValue } from './flatten.ts';
export { flowText } from './flow-text.ts';
export { lookUp } from './look-up.ts';
export { nounOf } from './noun.ts';
export { readValues } from './read-values.ts';
export { readYaml } from './read-yaml.ts';
export { scalarText } from './scalar-text.ts';
export { toValue } from './to-value.ts';
export { valueAt } from './value-at.ts';
export {
  entryOf,
  isText,
  type ScalarValue,
  type YamlEntry,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from './yaml-node.ts';
