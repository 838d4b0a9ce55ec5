import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { withModules } from './with-modules.ts';

suite('a module that cannot be bundled is explained where it is wrong', (test) => {
  table(
    test,
    [
      {
        name: 'syntax',
        files: { 'stage.ts': 'export default async function run() {\n  const a = ;\n}\n' },
        expected: `
error[E_MODULE_SYNTAX]: Unexpected ";"
 --> stage.ts:2:13
  |
2 |   const a = ;
  |             ^`,
      },
      {
        name: 'syntax of an imported file, behind characters of several bytes',
        files: {
          'stage.ts': `import './lib/a.ts'; export default () => 1;`,
          'lib/a.ts': `const é = '𝄞'; const b = ;`,
        },
        expected: `
error[E_MODULE_SYNTAX]: Unexpected ";"
 --> lib/a.ts:1:26
  |
1 | const é = '𝄞'; const b = ;
  |                          ^`,
      },
      {
        name: 'an import of a file that is not there',
        files: { 'stage.ts': `import { a } from './lib/none.ts';\nexport default () => a;\n` },
        expected: `
error[E_MODULE_NOT_FOUND]: Could not resolve "./lib/none.ts"
 --> stage.ts:1:19
  |
1 | import { a } from './lib/none.ts';
  |                   ^^^^^^^^^^^^^^^`,
      },
      {
        name: 'an import of a package that is not installed',
        files: { 'stage.ts': `import { a } from 'no-such-package';\nexport default () => a;\n` },
        expected: `
error[E_MODULE_NOT_FOUND]: Could not resolve "no-such-package"
 --> stage.ts:1:19
  |
1 | import { a } from 'no-such-package';
  |                   ^^^^^^^^^^^^^^^^^
  = hint: the package is not installed: npm install no-such-package`,
      },
      {
        name: 'an import of a name that is not exported',
        files: {
          'stage.ts': `import { b } from './a.ts';\nexport default () => b;\n`,
          'a.ts': 'export const a = 1;',
        },
        expected: `
error[E_MODULE_SYNTAX]: No matching export in "a.ts" for import "b"
 --> stage.ts:1:10
  |
1 | import { b } from './a.ts';
  |          ^`,
      },
      {
        name: 'an asset that is not there',
        files: { 'stage.ts': `\nexport default () => new URL('./words.txt', import.meta.url);\n` },
        expected: `
error[E_MODULE_NOT_FOUND]: "./words.txt" does not exist
 --> stage.ts:2:31
  |
2 | export default () => new URL('./words.txt', import.meta.url);
  |                               ^^^^^^^^^^^
  = hint: what a module names by new URL(…, import.meta.url) belongs to its code and must be a file; data is a dep`,
      },
      {
        name: 'no default export',
        files: { 'stage.ts': 'export const run = () => 1;\n' },
        expected: `
error[E_MODULE_NO_RUN]: Module "stage.ts" has no default export
 --> stage.ts:1:1
  |
1 | export const run = () => 1;
  | ^
  = hint: export default async function run(context) { … }`,
      },
      {
        name: 'no module',
        files: {},
        expected: `\nerror[E_MODULE_NOT_FOUND]: Module "stage.ts" does not exist`,
      },
      {
        name: 'several mistakes at once',
        files: { 'stage.ts': `import './a.ts';\nimport './b.ts';\nexport default () => 1;\n` },
        expected: `
error[E_MODULE_NOT_FOUND]: Could not resolve "./a.ts"
 --> stage.ts:1:8
  |
1 | import './a.ts';
  |        ^^^^^^^^

error[E_MODULE_NOT_FOUND]: Could not resolve "./b.ts"
 --> stage.ts:2:8
  |
2 | import './b.ts';
  |        ^^^^^^^^`,
      },
    ],
    ({ files, expected }) =>
      withModules(files, async (p) => {
        assert.is(`\n${await p.errors()}`, expected);
      }),
  );
});

suite('a module that is wrong leaves the others alone', (test) => {
  test('each has its own result', () =>
    withModules(
      { 'a.ts': 'export default () => 1', 'b.ts': 'export default (', 'c.ts': 'export default () => 3' },
      async (p) => {
        const codes = await p.modules().fingerprint(['a.ts', 'b.ts', 'c.ts', 'd.md']);
        assert.equal([...codes].map(([module, code]) => [module, code.ok]).sort(), [
          ['a.ts', true],
          ['b.ts', false],
          ['c.ts', true],
          ['d.md', false],
        ]);
      },
    ));
});
