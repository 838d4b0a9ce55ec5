import { readdirSync, readFileSync } from 'node:fs';
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

  test('by each of the codes that there are', () => {
    const folders = ['values', 'manifest', 'template'];
    const sources = folders.flatMap((folder) => {
      const directory = new URL(`../../../engine/${folder}/`, import.meta.url);
      const names = readdirSync(directory).filter((name) => /^[^.]+\.js$/.test(name));
      return names.map((name) => readFileSync(new URL(name, directory), 'utf8'));
    });
    const codes = new Set(sources.flatMap((source) => source.match(/\bE_[A-Z_]+\b/g) ?? []));
    const shown = new Set(cases.flatMap((each) => each.expected.match(/(?<=^error\[)\w+/gm) ?? []));
    assert.equal([...codes].sort(), [...shown].sort());
    assert.ok(codes.size > 20);
  });
});
