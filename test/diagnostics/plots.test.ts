import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';
import { parseCases } from './cases.ts';

const cases = parseCases(readFileSync(new URL('./golden/plots.txt', import.meta.url), 'utf8'));

suite('what is wrong with plots is told whole, and no page is written', (test) => {
  table(test, cases, (row) =>
    withProject(row.files, async (p) => {
      const { exitCode, stderr } = await p.run(...row.args);
      assert.is(stderr.trimEnd(), row.stderr);
      assert.is(exitCode, row.exitCode);
      assert.not(await p.exists('dvc_plots'));
    }),
  );
});
