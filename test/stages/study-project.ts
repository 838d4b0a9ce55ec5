/**
 * The study in a temporary project: our own stages and manifest, with other parameters.
 *
 * @module
 */

import { cp, readFile, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { type Project, type ProjectOptions, withProject } from '../support/project.ts';

/** Our own root. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

type Parameters = { readonly [key: string]: unknown };

/** Sets parameters by their dotted names in a project's `config.yaml`. */
export async function configure(project: Project, parameters: Parameters): Promise<void> {
  const config = parse(await project.read('config.yaml')) as Record<string, unknown>;
  for (const [name, value] of Object.entries(parameters)) {
    const keys = name.split('.');
    const last = keys.pop()!;
    let map = config;
    for (const key of keys) map = map[key] as Record<string, unknown>;
    if (!(last in map)) throw new TypeError(`The study has no parameter "${name}"`);
    map[last] = value;
  }
  await project.write({ 'config.yaml': stringify(config) });
}

/** Makes a copy of the study with these parameters for the time of `body`. */
export function withStudy<T>(
  parameters: Parameters,
  body: (project: Project) => T | Promise<T>,
  options: ProjectOptions = {},
): Promise<T> {
  const inStudy = async (project: Project): Promise<T> => {
    for (const path of ['stages', 'dvc-like.yaml', 'config.yaml', 'package.json']) {
      await cp(`${ROOT}${path}`, project.path(path), { recursive: true });
    }
    await symlink(`${ROOT}node_modules`, project.path('node_modules'));
    await configure(project, parameters);
    return body(project);
  };
  return withProject({}, inStudy, options);
}

/** Edits a file of the project. @throws {TypeError} If it does not hold the text. */
export async function replaceIn(project: Project, path: string, from: string, to: string): Promise<void> {
  const text = await readFile(project.path(path), 'utf8');
  if (!text.includes(from)) throw new TypeError(`"${path}" does not hold "${from}"`);
  await project.write({ [path]: text.replace(from, to) });
}
