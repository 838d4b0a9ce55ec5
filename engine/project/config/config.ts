/**
 * The config as the engine uses it.
 *
 * @module
 */

import { join } from 'node:path';
import { err, type FileSystem, type LinkType, ok, type Result } from '../../../cache/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import { checkSettings, linkTypes } from './check-settings.ts';
import { type ConfigDirectories, configPaths, mergeLayers, readLayers, type Settings } from './layers.ts';
import { type RemoteConfig, remotesOf } from './remotes.ts';
import { checkSupport } from './support.ts';

export interface Config {
  /** Absolute: each file that was read or looked for, those of the layers first hidden first. */
  readonly sources: readonly string[];
  readonly core: {
    /** The default remote. */
    readonly remote: string | undefined;
    /** Git adds what the engine writes and git tracks. */
    readonly isAutostaging: boolean;
    /** The project is no git repository, though it may lie in one. */
    readonly isWithoutScm: boolean;
  };
  readonly cache: {
    /** Absolute: what has `files/` and `runs/` in it. */
    readonly directory: string;
    /** How files come out of the cache; the first that works is taken. */
    readonly types: readonly LinkType[];
    /** The group may write into its directories. */
    readonly isShared: boolean;
  };
  readonly parsing: ParsingOptions;
  /** By name, in the order of the layers. */
  readonly remotes: ReadonlyMap<string, RemoteConfig>;
  readonly plots: {
    /** Relative to the root, as DVC takes them. */
    readonly htmlTemplate: string | undefined;
    readonly outDirectory: string | undefined;
  };
}

/** How a mapping becomes flags of a command. */
export interface ParsingOptions {
  /** `store_true`: `false` leaves nothing. `boolean_optional`: it leaves `--no-x`. */
  readonly bool: 'store_true' | 'boolean_optional';
  /** `nargs`: `--x 1 2`. `append`: `--x 1 --x 2`. */
  readonly list: 'nargs' | 'append';
}

interface Owner {
  readonly root: string;
  readonly home: string;
}

/** Of a project. What is set and not supported is an error too, by its name. */
export function readConfig(
  fs: FileSystem,
  project: Owner,
  directories: ConfigDirectories,
): Result<Config, readonly Diagnostic[]> {
  const layers = readLayers(fs, project, directories);
  if (!layers.ok) return layers;
  const settings = mergeLayers(layers.value, directories);
  const wrong = checkSettings(settings);
  const errors = wrong.length > 0 ? wrong : checkSupport(settings);
  return errors.length > 0 ? err(errors) : ok(configOf(settings, project, configPaths(project, directories)));
}

function configOf(settings: Settings, project: Owner, sources: readonly string[]): Config {
  const raw = (section: string, key: string) => settings.get(section)?.settings.get(key)?.value;
  const text = (section: string, key: string): string | undefined => raw(section, key)?.toString();
  const flag = (section: string, key: string): boolean => text(section, key)?.toLowerCase() === 'true';
  return {
    sources,
    core: {
      remote: text('core', 'remote')?.toLowerCase(),
      isAutostaging: flag('core', 'autostage'),
      isWithoutScm: flag('core', 'no_scm'),
    },
    cache: {
      directory: text('cache', 'dir') ?? join(project.home, 'cache'),
      types: linkTypes(raw('cache', 'type') ?? ['reflink', 'copy']) as readonly LinkType[],
      isShared: text('cache', 'shared') !== undefined,
    },
    parsing: {
      bool: text('parsing', 'bool')?.toLowerCase() === 'boolean_optional' ? 'boolean_optional' : 'store_true',
      list: text('parsing', 'list')?.toLowerCase() === 'append' ? 'append' : 'nargs',
    },
    remotes: remotesOf(settings),
    plots: { htmlTemplate: text('plots', 'html_template'), outDirectory: text('plots', 'out_dir') },
  };
}
