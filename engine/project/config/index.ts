export { type Config, type LinkType, type ParsingOptions, readConfig } from './config.ts';
export { type ConfigDirectories, configPaths } from './layers.ts';
export type { DirectoryRemote, OtherRemote, RemoteConfig, S3Remote } from './remotes.ts';
