import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { suite, table } from '../../support/suite.ts';
import { parseCases } from './cases.ts';
import { resolve } from './resolve.ts';

const cases = parseCases(readFileSync(new URL('./golden/mistakes.txt', import.meta.url), 'utf8'));

suite('A manifest with mistakes is explained', (test) => {
  table(test, cases, ({ files, expected }) => {
    const resolved = resolve(files);
    assert.is(resolved.ok ? '' : renderDiagnostics(resolved.error), expected);
  });
});
