/**
 * Random small pipelines and random edits: real DVC and `dvc-like` end alike after each step. fast-check prints the seed and
 * the smallest case of a failure; `DVC_LIKE_INTEROP_SEED` begins with another seed, `npm run interop` takes more cases.
 *
 * @module
 */

import fc from 'fast-check';
import { suite } from '../../support/suite.ts';
import { randomScenario } from './random/scenario.ts';
import { NO_DVC, type RealDvc, startDvc } from './real-dvc.ts';
import { compareSides } from './side-by-side.ts';

const CASES = Number(process.env['DVC_LIKE_INTEROP_CASES'] ?? 10);
const SEED = Number(process.env['DVC_LIKE_INTEROP_SEED'] ?? 1);

suite('random pipelines and edits', {
  skip: NO_DVC,
  timeoutMs: CASES > 10 ? 119 * 60_000 : 14 * 60_000,
}, (test) => {
  test(`${CASES} of them from seed ${SEED} end as with DVC`, async () => {
    const dvc: RealDvc = startDvc();
    try {
      await fc.assert(
        fc.asyncProperty(randomScenario, (scenario) => compareSides(scenario, dvc)),
        {
          numRuns: CASES,
          includeErrorInReport: true,
          seed: SEED,
          interruptAfterTimeLimit: (CASES > 10 ? 118 : 13) * 60_000,
          markInterruptAsFailure: false,
        },
      );
    } finally {
      dvc.close();
    }
  });
});
