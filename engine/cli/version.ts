/**
 * The package's version.
 *
 * @module
 */

export const VERSION = '0.1.0';
