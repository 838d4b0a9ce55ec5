export {
  readYaml,
  type YamlEntry,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../values/index.ts';
export { type Frozen, freezeStages } from './freeze.ts';
export type { Dialect, Manifest } from './manifest.ts';
export { readManifest } from './read-manifest.ts';
