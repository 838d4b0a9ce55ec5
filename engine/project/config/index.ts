export { type Config, type ParsingOptions, readConfig } from './config.ts';
export { type ConfigEdit, editConfig, levelsFrom } from './edit-config.ts';
export {
  type ConfigDirectories,
  type Layer,
  type Level,
  mergeLayers,
  readLayers,
  type Setting,
  type Settings,
} from './layers.ts';
export type { DirectoryRemote, OtherRemote, RemoteConfig, S3Remote } from './remotes.ts';
export { dotted, type SectionName } from './section-name.ts';
