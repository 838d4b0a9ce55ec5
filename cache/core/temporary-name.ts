/**
 * Names of files that are being written. What bears such a name is nobody's content: a process that was killed left
 * it behind, and walks pass over it.
 *
 * @module
 */

const TEMPORARY = /^\.dvc-like-[0-9a-z-]+\.tmp$/;

/** @param unique Lower-case letters, digits and `-`. */
export const temporaryName = (unique: string): string => `.dvc-like-${unique}.tmp`;

export const isTemporaryName = (name: string): boolean => TEMPORARY.test(name);
