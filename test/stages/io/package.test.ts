import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { PACKAGE } from '../../../stages/io/index.ts';
import { suite } from '../../support/suite.ts';

suite('PACKAGE says what package.json says', (test) => {
  test('name and version', () => {
    const path = new URL('../../../../package.json', import.meta.url);
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name: string; version: string };
    assert.equal(PACKAGE, { name, version });
  });
});
