/**
 * The code of a module: what its fingerprint says, and what the fingerprint came from.
 *
 * @module
 */

export interface ModuleCode {
  /** The module, relative to the root with `/`. */
  readonly module: string;
  /** The fingerprint, SHA-256, 64 lower-case hex digits. */
  readonly code: string;
  /**
   * Absolute paths of all that a change of `code` could come from, sorted: sources, data files, each `package.json`
   * that was read. Some name nothing: a file that would be taken instead if it appeared.
   */
  readonly inputs: readonly string[];
}
