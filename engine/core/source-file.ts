/**
 * A text that a person wrote, and places in it.
 *
 * Offsets are UTF-16 indices into `SourceFile.text`, half-open. Line and column exist only while rendering, and count
 * from 1.
 *
 * @module
 */

export interface SourceFile {
  /** Relative to the root where inside it, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Place {
  readonly file: SourceFile;
  readonly range: Range;
}
