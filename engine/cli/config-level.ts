/**
 * The layer of the config that a command is about, and the layers opened.
 *
 * @module
 */

import { type Command, Option } from 'commander';
import { err, nodeFileSystem, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import {
  type ConfigDirectories,
  type ConfigEdit,
  editConfig,
  findProject,
  type Layer,
  type Level,
  mergeLayers,
  type Project,
  readLayers,
  type Settings,
} from '../project/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { noProject } from './open-project.ts';
import type { Terminal } from './terminal.ts';

export interface LevelFlags {
  readonly system?: true;
  readonly global?: true;
  readonly project?: true;
  readonly local?: true;
}

export function addLevelFlags(command: Command): Command {
  const flags = [
    ['system', 'in the config of this machine'],
    ['global', 'in your own config'],
    ['project', 'in the config of the project, which git tracks'],
    ['local', 'in the config of this copy of the project, which git ignores'],
  ] as const;
  for (const [name, description] of flags) {
    const others = flags.map(([other]) => other).filter((other) => other !== name);
    command.addOption(new Option(`--${name}`, description).conflicts(others));
  }
  return command;
}

/** Undefined where none is asked for. */
export const levelOf = (flags: LevelFlags): Level | undefined =>
  (['system', 'global', 'project', 'local'] as const).find((level) => flags[level]);

export interface OpenedConfig {
  readonly project: Project | undefined;
  readonly directories: ConfigDirectories;
  readonly layers: readonly Layer[];
  /** Of one layer, or of those below it where `below` says so, or of all. */
  readonly settings: (level?: Level, below?: 'below') => Settings;
}

/** @param level One that has to be there. */
export function openConfig(terminal: Terminal, level?: Level): Result<OpenedConfig, readonly Diagnostic[]> {
  const project = findProject(terminal.cwd);
  if (project === undefined && (level === 'project' || level === 'local')) return err([noProject(terminal)]);
  const directories = configDirectories();
  const layers = readLayers(nodeFileSystem, project, directories);
  if (!layers.ok) return layers;
  const settings = (wanted?: Level, below?: 'below'): Settings => {
    const index = layers.value.findIndex((layer) => layer.level === wanted);
    const some =
      wanted === undefined ? layers.value : layers.value.slice(below ? 0 : index, below ? index : index + 1);
    return mergeLayers(some, directories);
  };
  return ok({ project, directories, layers: layers.value, settings });
}

/** @returns The exit code. */
export function change(terminal: Terminal, opened: OpenedConfig, edits: readonly ConfigEdit[]): number {
  const { layers, directories } = opened;
  const edited = editConfig(nodeFileSystem, layers, edits, { cwd: terminal.cwd, directories });
  return edited.ok ? EXIT.done : fail(terminal, edited.error);
}
