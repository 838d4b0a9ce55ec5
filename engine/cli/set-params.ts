/**
 * `repro -S key=value`: params set before anything is planned.
 *
 * @module
 */

import { type FileSystem, nodeFileSystem, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type Project, saveText } from '../project/index.ts';
import { settingText } from '../report/index.ts';
import { overlaid, readSetting, setParams } from '../workspace/index.ts';
import type { Terminal } from './terminal.ts';
import { fromCwd } from './value-flags.ts';

export interface SetParamsOptions {
  /** As typed: `[file:]key=value`. */
  readonly settings: readonly string[];
  /** Nothing is written: what is planned sees the new texts all the same. */
  readonly isDry: boolean;
  readonly say: (line: string) => void;
}

/** @returns The file system to work on from here. */
export function applySettings(
  terminal: Terminal,
  project: Project,
  { settings, isDry, say }: SetParamsOptions,
): Result<FileSystem, readonly Diagnostic[]> {
  const read = settings.map((text) => readSetting(text, (path) => fromCwd(terminal, project, path)));
  const errors = read.flatMap((each) => (each.ok ? [] : each.error));
  if (errors.length > 0) return { ok: false, error: errors };
  const wanted = read.flatMap((each) => (each.ok ? [each.value] : []));
  const edit = setParams(nodeFileSystem, project, wanted);
  if (!edit.ok) return edit;
  const { texts, changes } = edit.value;
  if (!isDry) for (const [path, text] of texts) saveText(nodeFileSystem, path, text);
  for (const change of changes) say(settingText(change, isDry));
  return ok(isDry ? overlaid(nodeFileSystem, texts) : nodeFileSystem);
}
