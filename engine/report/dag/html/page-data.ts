/**
 * What the page tells of a stage: plain data for its script.
 *
 * @module
 */

import type { LockEntry, LockPath } from '../../../lockfile/index.ts';
import type { PlannedStage, Verdict } from '../../../plan/index.ts';
import type { ResolvedStage } from '../../../template/index.ts';
import { changeText, valueText } from '../../change-text.ts';
import { foldNames } from '../../fold-stages.ts';
import { durationText } from '../../run-reporter.ts';

export interface PageStage {
  readonly state: Verdict['kind'];
  readonly desc?: string;
  readonly module?: string;
  readonly command?: string;
  /** Where it is not the root. */
  readonly wdir?: string;
  readonly reasons: readonly string[];
  readonly settings: readonly PageRow[];
  readonly inputs: readonly PageRow[];
  readonly outputs: readonly PageRow[];
  readonly duration?: string;
}

/** What it is, and what the lock says of it: a digest and a size, or a value. */
export type PageRow = readonly [name: string, value: string, size: string];

/**
 * @param durationMs Of the last time that it ran.
 * @param stages All stages, by name.
 */
export function pageStage(
  { stage, verdict }: PlannedStage,
  entry: LockEntry | undefined,
  durationMs: number | undefined,
  stages: ReadonlyMap<string, ResolvedStage>,
): PageStage {
  const { action, desc, wdir } = stage;
  return {
    state: verdict.kind,
    ...(desc === undefined ? {} : { desc }),
    ...(action.kind === 'module' ? { module: action.module } : {}),
    ...(action.kind === 'command' ? { command: commandText(action.cmd) } : {}),
    ...(wdir === '.' ? {} : { wdir }),
    reasons: reasonsOf(verdict, stages),
    settings: settingsOf(stage),
    inputs: [...stage.deps.map(({ path }) => contentRow(path, entry?.deps)), ...paramRows(stage, entry)],
    outputs: stage.outs.map(({ path }) => contentRow(path, entry?.outs)),
    ...(durationMs === undefined ? {} : { duration: durationText(durationMs) }),
  };
}

const commandText = (cmd: string | readonly string[]): string =>
  typeof cmd === 'string' ? cmd.trimEnd() : cmd.join('\n');

function reasonsOf(verdict: Verdict, stages: ReadonlyMap<string, ResolvedStage>): readonly string[] {
  switch (verdict.kind) {
    case 'run':
    case 'restore':
    case 'record':
      return verdict.because.map(changeText);
    case 'pending':
      return [`waits for ${foldNames(verdict.on, stages)}`];
    case 'blocked':
      return verdict.by.length > 0
        ? verdict.by.map(({ message }) => message)
        : [`needs ${foldNames(verdict.upstream, stages)}`];
    case 'fresh':
    case 'frozen':
      return [];
  }
}

function settingsOf({ action, env }: ResolvedStage): readonly PageRow[] {
  const args = action.kind === 'module' ? [...action.with] : [];
  return [
    ...args.map(([key, value]): PageRow => [key, valueText(value), '']),
    ...[...env].map(([key, value]): PageRow => [key, valueText(value), '']),
  ];
}

function contentRow(path: string, recorded: readonly LockPath[] | undefined): PageRow {
  const found = recorded?.find((other) => other.path === path);
  return [path, found?.digest ?? '', found === undefined ? '' : sizeText(found)];
}

function paramRows({ params }: ResolvedStage, entry: LockEntry | undefined): readonly PageRow[] {
  return params.flatMap(({ file, keys }) => {
    const recorded = entry?.params.get(file);
    const wanted = keys === 'all' ? [...(recorded?.keys() ?? [])] : keys.map(({ key }) => key);
    const rows = wanted.map((key): PageRow => {
      const value = recorded?.get(key);
      return [`${file}: ${key}`, value === undefined ? '' : valueText(value), ''];
    });
    return rows.length > 0 ? rows : [[file, '', '']];
  });
}

function sizeText({ sizeBytes, fileCount }: LockPath): string {
  const files = fileCount === undefined ? '' : `${fileCount} files`;
  const size = sizeBytes === undefined ? '' : bytesText(sizeBytes);
  return [size, files].filter((part) => part !== '').join(', ');
}

function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]!}`;
}
