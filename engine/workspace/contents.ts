/**
 * Contents by digest, wherever they are still known: the cache, the remembered inputs, the workspace.
 *
 * @module
 */

import { posix } from 'node:path';
import { type Digest, isTreeDigest, type TreeEntry } from '../../cache/index.ts';
import type { Workspace } from './workspace.ts';

export interface Contents {
  /** @param path Where the workspace may have it, seen from the root. */
  readonly file: (digest: Digest, path: string) => Buffer | undefined;
  readonly tree: (digest: Digest, path: string) => readonly TreeEntry[] | undefined;
  /** The sources of a module's fingerprint: path from the root to digest. */
  readonly sources: (module: string, code: string) => ReadonlyMap<string, Digest> | undefined;
}

export function contentsOf(workspace: Workspace): Contents {
  const { fs, store, inputs, observer, project, codes } = workspace;
  return {
    file: (digest, path) => {
      const isHere = !isTreeDigest(digest) && store.has(digest);
      const known = isHere ? fs.readFile(store.pathOf(digest)) : inputs.read(digest);
      if (known !== undefined) return known;
      const state = observer.content(path);
      return state.kind === 'file' && state.digest === digest
        ? fs.readFile(posix.resolve(project.root, path))
        : undefined;
    },
    tree: (digest, path) => {
      const state = observer.content(path);
      return state.kind === 'tree' && state.digest === digest ? state.entries : observer.tree(digest);
    },
    sources: (module, code) => {
      const now = codes.get(module);
      if (now?.ok === true && now.value.code === code) inputs.rememberCode(now.value);
      return inputs.sourcesOf(code);
    },
  };
}
