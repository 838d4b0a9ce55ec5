/**
 * `addToRemote`: data from anywhere, sent to a remote from where it lies. Neither the cache nor the workspace gets it.
 *
 * @module
 */

import { join, posix } from 'node:path';
import {
  ContentError,
  type ContentState,
  type Digest,
  err,
  ok,
  pushObjects,
  type Result,
  treeBytes,
} from '../../cache/index.ts';
import { type Diagnostic, isInside } from '../core/index.ts';
import { lockPath } from '../lockfile/index.ts';
import { dropSnapshot } from '../project/index.ts';
import { asRemoteDiagnostic, failureDiagnostic } from '../run/index.ts';
import { type OpenRemoteOptions, openRemote, type Workspace } from '../workspace/index.ts';
import { alreadyThere, noSource } from './add-copy.ts';
import { unreadable, writeTarget } from './add-data.ts';
import { targetAt } from './add-target.ts';

export interface AddToRemoteOptions extends OpenRemoteOptions {
  /** Relative to the root; in a directory that is there, the name of the source is kept. */
  readonly out: string | undefined;
  /** With `out`: also where something is there. */
  readonly force: boolean;
  /** Where the name of a source goes that lies outside; relative to the root. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * @param source Absolute.
 * @returns The `.dvc` file. It says nothing of execute bits, as DVC's.
 */
export async function addToRemote(
  workspace: Workspace,
  source: string,
  options: AddToRemoteOptions,
): Promise<Result<string, readonly Diagnostic[]>> {
  const { fs, project, hasher } = workspace;
  const path = trackedPath(workspace, source, options);
  const isTaken = options.out !== undefined && fs.stat(join(project.root, path)) !== undefined;
  if (isTaken && !options.force) return err([alreadyThere(path)]);
  const target = targetAt(workspace, path);
  if (!target.ok) return err([target.error]);
  if (target.value.kind === 'known' && target.value.outPath !== path)
    return err([onlyPart(path, target.value.outPath)]);
  let state: ContentState;
  try {
    state = hasher.observe(source);
  } catch (error) {
    if (error instanceof ContentError) return err([unreadable(source, error)]);
    throw error;
  }
  if (state.kind === 'missing') return err([noSource(source)]);
  const sent = await send(workspace, source, state, options);
  if (!sent.ok) return sent;
  dropSnapshot(workspace.state);
  const name = target.value.kind === 'new' ? posix.basename(path) : target.value.out.path;
  writeTarget(workspace, target.value, { ...lockPath(name, state)!, isExecutable: false }, new Map());
  workspace.memo.save();
  return ok(target.value.file);
}

function trackedPath(
  { fs, project }: Workspace,
  source: string,
  { out, directory }: AddToRemoteOptions,
): string {
  if (out === undefined) {
    return isInside(source, project.root)
      ? posix.relative(project.root, source)
      : posix.join(directory, posix.basename(source));
  }
  const isDirectory = fs.stat(join(project.root, out))?.kind === 'directory';
  return isDirectory ? posix.join(out, posix.basename(source)) : out;
}

type Content = Exclude<ContentState, { readonly kind: 'missing' }>;

async function send(
  { fs, config, state: home }: Workspace,
  source: string,
  content: Content,
  options: AddToRemoteOptions,
): Promise<Result<undefined, readonly Diagnostic[]>> {
  const opened = await openRemote(config, options);
  if (!opened.ok) return err([opened.error]);
  const { remote, jobs } = opened.value;
  fs.makeDirectory(home);
  const treeFile = fs.temporaryPath(home);
  const entries = content.kind === 'tree' ? content.entries : [];
  const paths = new Map<Digest, string>([
    ...entries.map((entry): [Digest, string] => [entry.digest, join(source, entry.path)]),
    [content.digest, content.kind === 'tree' ? treeFile : source],
  ]);
  const pathOf = (digest: Digest): string => paths.get(digest)!;
  try {
    if (content.kind === 'tree') fs.createFile(treeFile, treeBytes(entries), 0o600);
    const { failed } = await pushObjects(
      {
        readTree: () => ok(entries),
        pathOf,
        sizeOf: (digest) => fs.stat(pathOf(digest))?.sizeBytes,
      },
      remote,
      [content.digest],
      { jobs, signal: options.signal, onProgress: () => undefined },
    );
    return failed.length === 0 ? ok(undefined) : err(failed.map((each) => failureDiagnostic(each, 'push')));
  } catch (error) {
    return err([asRemoteDiagnostic(remote, error)]);
  } finally {
    remote.close();
    fs.remove(treeFile);
  }
}

const onlyPart = (path: string, outPath: string): Diagnostic => ({
  code: 'E_OVERLAPPING_OUTS',
  message: `Cannot add "${path}" to the remote: it is a part of "${outPath}", which is tracked already`,
  hint: 'add it without "--to-remote", then push',
});
