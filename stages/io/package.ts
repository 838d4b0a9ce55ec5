/**
 * This package, as the files that it writes name it. A test holds it equal to `package.json`, which the stages do not
 * import: its scripts are no part of what they compute.
 *
 * @module
 */

export const PACKAGE = { name: 'dvc-like', version: '0.1.0' } as const;
