export {
  readYaml,
  type YamlEntry,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../values/index.ts';
export { addStage } from './add-stage.ts';
export { isObject, type JsonSchema, toDraft07 } from './draft-07.ts';
export { DRAFT_07, manifestSchema } from './editor-schema.ts';
export { type Frozen, freezeStages } from './freeze.ts';
export type { Dialect, Manifest } from './manifest.ts';
export { readManifest } from './read-manifest.ts';
export { removeStages } from './remove-stages.ts';
export { commandOf, stageDefinition, type TypedOut, type TypedStage } from './stage-definition.ts';
