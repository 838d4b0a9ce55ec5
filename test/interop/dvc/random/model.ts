/**
 * What a random repository is: stages, data sources and the files that they read, before it is text.
 *
 * All paths are seen from the root; the texts say them as seen from where they stand.
 *
 * @module
 */

import { posix } from 'node:path';

export interface RandomOut {
  /** `ITEM` in it stands for what tells the stages of a group apart. */
  readonly path: string;
  readonly isDirectory: boolean;
  readonly kind: 'outs' | 'metrics' | 'plots';
  /** What stands behind the path: `cache: false`. */
  readonly flags: readonly string[];
}

export type Group =
  | 'none'
  | 'list'
  | 'mapping'
  | 'indexed'
  /** Over a list that `vars` has. */
  | 'variable'
  | 'matrix'
  | 'two axes';

export interface RandomStage {
  readonly name: string;
  /** Where its `dvc.yaml` lies: `` or `sub`. */
  readonly directory: '' | 'sub';
  /** `wdir`, from that directory. */
  readonly wdir: '' | 'w';
  readonly group: Group;
  readonly deps: readonly string[];
  readonly params: readonly RandomParams[];
  readonly outs: readonly RandomOut[];
  /** Another number is another command. */
  readonly version: number;
  readonly form: 'line' | 'lines' | 'list';
  /** `none`: succeeds; else fails at its beginning, at its end, or makes nothing. */
  readonly fault: 'none' | 'first' | 'last' | 'no out';
  /** The command has `${v.n}`. */
  readonly isTemplated: boolean;
  readonly isAlwaysChanged: boolean;
  readonly isFrozen: boolean;
  /** A line more: `desc: x`. */
  readonly note: string;
}

/** Keys of a file; none: the whole file. */
export interface RandomParams {
  readonly file: string;
  readonly keys: readonly string[];
}

/** Data under a `.dvc` file. */
export interface RandomSource {
  readonly path: string;
  readonly isDirectory: boolean;
}

export interface RandomProject {
  readonly stages: readonly RandomStage[];
  readonly sources: readonly RandomSource[];
  /** Nothing was taken from the cache by hand. */
  readonly isCacheWhole: boolean;
  /** What `vars` has under `v.n`, in both manifests. */
  readonly variable: string;
  /** What `vars` has under `items`. */
  readonly items: readonly string[];
  /** `p0`, `p1` and `n.p2` of `params.yaml`. */
  readonly params: readonly [string, string, string];
}

export const workingDirectory = ({ directory, wdir }: RandomStage): string => posix.join(directory, wdir);

/** As a stage writes a path of its own. */
export const seenFrom = (directory: string, path: string): string =>
  posix.relative(`/${directory}`, `/${path}`);

/** What tells the stages of a group apart: in its name, and where the item is filled in. */
export function members(
  { group }: Pick<RandomStage, 'group'>,
  items: readonly string[],
): readonly { readonly suffix: string; readonly item: string }[] {
  const named = ['u', 'v'].map((item) => ({ suffix: `@${item}`, item }));
  switch (group) {
    case 'none':
      return [{ suffix: '', item: '' }];
    case 'list':
    case 'mapping':
    case 'matrix':
      return named;
    case 'indexed':
      return [
        { suffix: '@0', item: 'u' },
        { suffix: '@1', item: 'v' },
      ];
    case 'variable':
      return items.map((item) => ({ suffix: `@${item}`, item }));
    case 'two axes':
      return ['u', 'v'].map((item) => ({ suffix: `@${item}-1`, item: `${item}1` }));
  }
}

/** The paths of outs, with items filled in. */
export const outPaths = (
  stage: RandomStage,
  items: readonly string[],
): readonly { readonly path: string; readonly isDirectory: boolean }[] =>
  members(stage, items).flatMap(({ item }) =>
    stage.outs.map(({ path, isDirectory }) => ({ path: path.replace('ITEM', item), isDirectory })),
  );

/** Whether its text in the manifest is not yet what it means. */
export const isTemplate = ({ group, isTemplated }: RandomStage): boolean => group !== 'none' || isTemplated;

/** A stage as it is called from a directory. */
export const addressOf = ({ name, directory }: RandomStage, from: string): string =>
  directory === from ? name : `${seenFrom(from, posix.join(directory, 'dvc.yaml'))}:${name}`;
