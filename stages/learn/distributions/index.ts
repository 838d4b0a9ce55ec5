/**
 * Probability distributions, and tests of two samples.
 *
 * @module
 */

export { cramerVonMisesPValue } from './cramer-von-mises.ts';
export { eppsSingletonPValue } from './epps-singleton.ts';
export { chiSquareTail, logGamma } from './gamma.ts';
export { fisherExact } from './hypergeometric.ts';
export { kolmogorovSmirnovPValue, oneSampleTail } from './kolmogorov.ts';
export { andersonDarlingPValue, mannWhitneyLessPValue, rankTogether } from './ranks.ts';
export { sameMeanPValue, studentTails } from './student.ts';
