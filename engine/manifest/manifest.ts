/**
 * The manifest: one `dvc-like.yaml` or `dvc.yaml`, read and valid by its schema, its templates not yet filled in.
 *
 * @module
 */

import type { Value } from '../../cache/index.ts';
import type { Range, SourceFile } from '../core/index.ts';

/** A YAML node with its place: what templating works on, so that every later error can still point into the file. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: Exclude<Value, readonly unknown[] | ReadonlyMap<string, unknown>>;
  readonly range: Range;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly range: Range;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly range: Range;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
}

/** `dvc`: strictly DVC's schema. `native`: that and what DESIGN section 4 adds. */
export type Dialect = 'dvc' | 'native';

export interface Manifest {
  readonly dialect: Dialect;
  readonly file: SourceFile;
  /** Directory of the file, relative to the root with `/`; `.` at the root. */
  readonly directory: string;
  /** Valid by the schema of its dialect: a map (an empty file is an empty one). */
  readonly root: YamlMap;
}
