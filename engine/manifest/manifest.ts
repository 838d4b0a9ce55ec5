/**
 * The manifest: one `dvc-like.yaml` or `dvc.yaml`, read and valid by its schema, its templates not yet filled in.
 *
 * @module
 */

import type { SourceFile } from '../core/index.ts';
import type { YamlMap } from '../values/index.ts';

/** `dvc`: strictly DVC's schema. `native`: that and what `dvc-like.yaml` adds. */
export type Dialect = 'dvc' | 'native';

export interface Manifest {
  readonly dialect: Dialect;
  readonly file: SourceFile;
  /** Directory of the file, relative to the root with `/`; `.` at the root. */
  readonly directory: string;
  /** Valid by the schema of its dialect: a map (an empty file is an empty one). */
  readonly root: YamlMap;
}
