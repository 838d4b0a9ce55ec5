/**
 * A stage with all its templates filled in and its groups unfolded: one node of the graph.
 *
 * @module
 */

import type { Value, ValueMap } from '../../cache/index.ts';
import type { Place } from '../core/index.ts';

export interface ResolvedStage {
  /**
   * Its address as seen from the working directory, unique in the repository: `train`, `train@fr`, `monthly@2019-03`
   * where its manifest is in that directory, else `path/dvc.yaml:train`; the path of a `.dvc` file.
   */
  readonly name: string;
  /** The same as seen from the root: what is remembered from run to run. */
  readonly id: string;
  /** Its name in its manifest and in the lock. */
  readonly localName: string;
  /** The address before `@` for a member of a `foreach`, `matrix` or `partition`. */
  readonly group: string | undefined;
  readonly file: StageFile;
  /** The stage's key in the manifest. */
  readonly place: Place;
  /** The working directory, relative to the root with `/`; `.` is the root. */
  readonly wdir: string;
  readonly action: StageAction;
  readonly deps: readonly ResolvedDep[];
  readonly params: readonly ResolvedParams[];
  /** Outs, then metrics, then plots, each in declared order. Duplicates of one path are merged. */
  readonly outs: readonly ResolvedOut[];
  readonly env: ReadonlyMap<string, string>;
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
  readonly desc: string | undefined;
  readonly meta: Value | undefined;
  /** Slots that the stage takes of the scheduler's; a positive integer. */
  readonly cpu: number;
}

/** What declares stages. */
export interface StageFile {
  /** A manifest, or a `.dvc` file with its one data source. */
  readonly kind: 'manifest' | 'source';
  /** Relative to the root with `/`. */
  readonly path: string;
  /** The same as seen from the working directory. */
  readonly address: string;
  /** Where its stages are recorded, relative to the root: the lock beside a manifest, a `.dvc` file itself. */
  readonly lock: string;
}

export type StageAction =
  | {
      readonly kind: 'command';
      readonly cmd: string | readonly string[];
      readonly place: Place;
    }
  | {
      readonly kind: 'module';
      /** Relative to the root with `/`. */
      readonly module: string;
      readonly with: ValueMap;
      readonly place: Place;
    }
  /** Of a `.dvc` file: nothing makes its outs, they are verified and recorded as they stand. */
  | { readonly kind: 'source'; readonly place: Place };

export interface ResolvedDep {
  /** As it stands in the lock: relative to `wdir`, normalized, with `/`; absolute if the manifest says so. */
  readonly path: string;
  readonly place: Place;
}

export interface ResolvedParams {
  /** Relative to `wdir`, as it stands in the lock. */
  readonly file: string;
  /** Dotted keys in declared order without duplicates, or the whole file. */
  readonly keys: 'all' | readonly { readonly key: string; readonly place: Place }[];
  readonly place: Place;
}

export interface ResolvedOut {
  readonly path: string;
  readonly place: Place;
  readonly kind: 'out' | 'metric' | 'plot';
  /** Kept in the cache (default true). */
  readonly cache: boolean;
  /** Not removed before a run (default false). */
  readonly persist: boolean;
  /** Goes along when the cache is pushed (default true). */
  readonly push: boolean;
  /** The remote that keeps it; undefined for the default one. */
  readonly remote: string | undefined;
  readonly desc: string | undefined;
  readonly type: string | undefined;
  readonly labels: readonly string[];
  readonly meta: Value | undefined;
  /** A plot's `x`, `y`, `title`, `template` and the like, as written. */
  readonly plot: ValueMap | undefined;
}
