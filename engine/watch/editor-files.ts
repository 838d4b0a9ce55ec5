/**
 * Files that editors make beside the one that is edited, for a moment.
 *
 * @module
 */

const PATTERNS = [
  /^\..+\.(sw[a-z]|kate-swp)$/, // Vim and Kate: what is not saved yet
  /~$/, // backups
  /^\.#/, // Emacs: a lock
  /^#.*#$/, // Emacs: what is not saved yet
  /\.tmp$/, // to be renamed
  /\.tmp[.-][^/]*$/,
  /^\.goutputstream-/, // GLib
  /___jb_(tmp|old)___$/, // JetBrains
];

/** Vim tries whether it may create a file: 4913, then 123 more until no file has that name. */
const FIRST_PROBE = 4913;
const PROBE_STEP = 123;

/** @param name The last part of a path. */
export function isEditorFile(name: string): boolean {
  if (/^\d{4,5}$/.test(name)) return isProbe(Number(name));
  return PATTERNS.some((pattern) => pattern.test(name));
}

const isProbe = (number: number): boolean =>
  number >= FIRST_PROBE && (number - FIRST_PROBE) % PROBE_STEP === 0;
