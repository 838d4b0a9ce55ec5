import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { removeAbandonedScratch, scratchPath } from '../../../../engine/run/executors/scratch.ts';
import { suite } from '../../../support/suite.ts';

const NOW_MS = 1e12;

suite('removeAbandonedScratch() removes what is an hour old, and nothing else', (test) => {
  test('files and directories', () => {
    const names = ['old', 'old-directory', 'young'].map((name) => scratchPath(`test-${process.pid}-${name}`));
    const [old, oldDirectory, young] = names as [string, string, string];
    writeFileSync(old, '');
    mkdirSync(oldDirectory);
    writeFileSync(young, '');
    for (const path of [old, oldDirectory]) utimesSync(path, NOW_MS / 1000 - 3601, NOW_MS / 1000 - 3601);
    removeAbandonedScratch(NOW_MS);
    assert.equal(
      names.map((path) => existsSync(path)),
      [false, false, true],
    );
    rmSync(young);
  });
});
