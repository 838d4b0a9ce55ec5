/**
 * Real DVC and `dvc-like` take the same steps and end alike. `npm run interop` takes all scenarios, `.ci/run` 30 of them.
 *
 * @module
 */

import { suite } from '../../support/suite.ts';
import { NO_DVC, type RealDvc, startDvc } from './real-dvc.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { compareSides } from './side-by-side.ts';

const AT_A_TIME = 30;

const wanted = process.env['DVC_LIKE_INTEROP'];

/** `all`, a part of a name, or else every so many-th. */
const chosen = SCENARIOS.filter(({ name }, i) => {
  if (wanted === 'all') return true;
  if (wanted !== undefined) return name.includes(wanted);
  const stride = SCENARIOS.length / AT_A_TIME;
  return SCENARIOS.length <= AT_A_TIME || Math.floor(i / stride) !== Math.floor((i - 1) / stride);
});

suite('dvc-like does what DVC does', { skip: NO_DVC, timeoutMs: 120_000 }, (test) => {
  let dvc: RealDvc | undefined;
  for (const scenario of chosen) {
    test(scenario.name, () => {
      dvc ??= startDvc();
      return compareSides(scenario, dvc);
    });
  }
  test('the process of real DVC ends', () => dvc?.close());
});
