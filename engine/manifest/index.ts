export type { Dialect, Manifest, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './manifest.ts';
