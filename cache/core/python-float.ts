/**
 * Python's `repr` of a float: the shortest digits that read back the same, as JavaScript's, in Python's layout.
 *
 * @module
 */

/** Finite numbers only: `1.0`, `0.1`, `1e-05`, `1e+16`, `-0.0`. */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = Math.abs(exponent).toString().padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const text = value.toString();
  return text.includes('.') ? text : `${text}.0`;
}
