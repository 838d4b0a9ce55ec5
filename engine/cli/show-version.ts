/**
 * `version`: this tool, what it runs on, and where the project keeps things.
 *
 * @module
 */

import { join } from 'node:path';
import { nodeFileSystem } from '../../cache/index.ts';
import { findProject, readConfig } from '../project/index.ts';
import { configDirectories } from './config-directories.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** What the config says wrong is told after the rest. */
export function showVersion(terminal: Terminal): number {
  const directories = configDirectories();
  const project = findProject(terminal.cwd);
  const title = `dvc-like version: ${VERSION}`;
  const lines = [
    title,
    '-'.repeat(title.length),
    `Platform: Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    'Config:',
    `\tGlobal: ${directories.global}`,
    `\tSystem: ${directories.system}`,
  ];
  const config = project && readConfig(nodeFileSystem, project, directories);
  if (project !== undefined && config?.ok) {
    const { cache, remotes, core } = config.value;
    const git = core.isWithoutScm ? 'no_scm' : isInGit(project.root) ? 'git' : 'no git';
    const kinds = [...remotes.values()].map((remote) =>
      remote.kind === 'other' ? remote.scheme : remote.kind,
    );
    lines.push(
      `Cache types: ${cache.types.join(', ')}`,
      `Cache directory: ${cache.directory}`,
      `Remotes: ${kinds.join(', ') || 'none'}`,
      `Repo: ${project.dialect === 'dvc' ? 'dvc' : 'dvc-like'}, ${git}`,
    );
  }
  terminal.out(`${lines.join('\n')}\n`);
  return config?.ok === false ? fail(terminal, config.error) : EXIT.done;
}

function isInGit(root: string): boolean {
  for (let directory = root; ; directory = join(directory, '..')) {
    if (nodeFileSystem.stat(join(directory, '.git')) !== undefined) return true;
    if (directory === '/') return false;
  }
}
