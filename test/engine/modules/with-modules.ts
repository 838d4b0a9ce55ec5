/**
 * A temporary project of modules.
 *
 * @module
 */

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FileSystem, nodeFileSystem } from '../../../cache/index.ts';
import { type Diagnostic, renderDiagnostics } from '../../../engine/core/index.ts';
import { createModules, type ModuleCode, type Modules } from '../../../engine/modules/index.ts';

export interface ModulesProject {
  readonly root: string;
  readonly state: string;
  /** As a new engine would see them. */
  readonly modules: (fs?: FileSystem) => Modules;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** The fingerprint of `stage.ts`, or of another module. */
  readonly code: (module?: string) => Promise<string>;
  readonly moduleCode: (module?: string) => Promise<ModuleCode>;
  /** What is wrong with the module, as a person sees it. */
  readonly errors: (module?: string) => Promise<string>;
}

export async function withModules(
  files: Readonly<Record<string, string>>,
  body: (project: ModulesProject) => unknown,
): Promise<void> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'dvc-like-modules-')));
  const state = join(root, '.dvc-like/tmp/dvc-like');
  const modules = (fs: FileSystem = nodeFileSystem): Modules =>
    createModules({ root, stateDirectory: state, fs });
  const find = async (module: string): ReturnType<ModulesProject['moduleCode']> => {
    const code = (await modules().fingerprint([module])).get(module)!;
    if (!code.ok) throw new Error(render(code.error));
    return code.value;
  };
  const project: ModulesProject = {
    root,
    state,
    modules,
    write: async (more) => {
      for (const [path, text] of Object.entries(more)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
    },
    remove: (path) => rm(join(root, path), { recursive: true }),
    moduleCode: (module = 'stage.ts') => find(module),
    code: async (module = 'stage.ts') => (await find(module)).code,
    errors: async (module = 'stage.ts') => {
      const code = (await modules().fingerprint([module])).get(module)!;
      return code.ok ? '' : render(code.error);
    },
  };
  try {
    await project.write(files);
    await body(project);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

export const render = (diagnostics: readonly Diagnostic[]): string => renderDiagnostics(diagnostics);

/** A file system that counts what is read whole. */
export function countingReads(): { readonly fs: FileSystem; readonly reads: () => readonly string[] } {
  const reads: string[] = [];
  const fs: FileSystem = {
    ...nodeFileSystem,
    readFile: (path) => {
      reads.push(path);
      return nodeFileSystem.readFile(path);
    },
  };
  return { fs, reads: () => reads };
}
