/**
 * Sizes in words.
 *
 * @module
 */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** In powers of 1,000, three digits. */
export function sizeText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? bytes : value >= 100 ? Math.round(value) : value.toPrecision(3)} ${UNITS[power]!}`;
}
