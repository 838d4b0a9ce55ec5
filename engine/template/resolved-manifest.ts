/**
 * A manifest with all its templates filled in and its groups unfolded.
 *
 * @module
 */

import type { ValueMap } from '../../cache/index.ts';
import type { Place } from '../core/index.ts';
import type { ResolvedStage, StageFile } from './resolved-stage.ts';

export interface ResolvedManifest {
  readonly file: StageFile;
  /** In the manifest's order, each group unfolded where it stands. Names are unique, and those of the manifest itself. */
  readonly stages: readonly ResolvedStage[];
  /** Groups that unfold to nothing. */
  readonly emptyGroups: readonly string[];
  /** The top-level lists; paths are relative to the root. */
  readonly params: readonly ResolvedFile[];
  readonly metrics: readonly ResolvedFile[];
  readonly plots: readonly ResolvedPlot[];
}

export interface ResolvedFile {
  readonly path: string;
  readonly place: Place;
}

export interface ResolvedPlot {
  /** As written: the path of a file, or a name where `options` say which files are drawn. */
  readonly id: string;
  /** Of the manifest, which such a path is relative to; itself relative to the root. */
  readonly directory: string;
  readonly options: ValueMap;
  readonly place: Place;
}
