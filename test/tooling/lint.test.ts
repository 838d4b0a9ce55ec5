import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { withProject } from '../support/project.ts';
import { suite, table } from '../support/suite.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const BANNED = [
  { name: 'Math.random', rule: 'no-restricted-properties', code: 'export const x = Math.random();' },
  { name: 'Date.now', rule: 'no-restricted-properties', code: 'export const x = Date.now();' },
  { name: 'new Date()', rule: 'no-restricted-syntax', code: 'export const x = new Date();' },
  { name: 'process', rule: 'no-restricted-globals', code: 'export const x = process.argv;' },
  { name: 'node:process', rule: 'no-restricted-imports', code: `export { argv } from 'node:process';` },
  { name: 'console', rule: 'no-restricted-globals', code: `console.log('x');` },
  {
    name: '.only',
    rule: 'no-restricted-properties',
    code: 'export const f = (t: { only(): void }) => { t.only(); };',
  },
  {
    name: 'more than 400 lines',
    rule: 'max-lines',
    code: 'export const x = [\n' + '  0,\n'.repeat(400) + '];',
  },
  {
    name: 'a switch that leaves out a case',
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    code: `export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}`,
  },
  {
    name: 'a promise of node:fs that nobody awaits',
    rule: '@typescript-eslint/no-floating-promises',
    code: `import { rm } from 'node:fs/promises';\nrm('x');`,
  },
  {
    name: 'a disabled rule without a reason',
    rule: 'style/described-disable',
    code: '// eslint-disable-next-line no-restricted-globals\nexport const x = process.argv;',
  },
  {
    name: 'a disabled rule that nothing breaks',
    rule: 'unused directive',
    code: '// eslint-disable-next-line no-restricted-globals -- it was needed once\nexport const x = 1;',
  },
];

/** Where effects are at home, and the `!` of kernels. */
const ALLOWED = {
  'engine/cli/edge.ts': `console.log(process.argv, Date.now());`,
  'engine/run/executors/edge.ts': `export const x = process.env;`,
  'stages/cli/edge.ts': `console.log(process.argv);`,
  'bench/edge.ts': `console.log(Date.now());`,
  'cache/kernel.ts': `export const first = (a: Float64Array): number => a[0]!;`,
};

suite('ESLint rejects what the style bans', (test) => {
  const reported = messages();
  table(test, BANNED, async ({ name, rule }) => {
    assert.ok((await reported).get(fileOf(name))?.includes(rule), JSON.stringify([...(await reported)]));
  });

  test('and lets pass what it allows', async () => {
    for (const path of Object.keys(ALLOWED)) assert.equal((await reported).get(path), [], path);
  });
});

function messages(): Promise<ReadonlyMap<string, readonly string[]>> {
  const banned = Object.fromEntries(BANNED.map(({ name, code }) => [fileOf(name), `${code}\n`]));
  return withProject({ ...banned, ...ALLOWED }, async (p) => {
    for (const name of ['eslint.config.mjs', 'tsconfig.json', 'package.json'])
      await cp(join(ROOT, name), p.path(name));
    await symlink(join(ROOT, 'node_modules'), p.path('node_modules'));
    const { stdout, stderr } = await p.exec(
      'node_modules/.bin/eslint',
      '--format',
      'json',
      'engine',
      'stages',
      'bench',
      'cache',
    );
    if (stdout === '') throw new Error(stderr);
    const files = JSON.parse(stdout) as {
      readonly filePath: string;
      readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
    }[];
    return new Map(
      files.map((file) => [
        file.filePath.slice(p.root.length + 1),
        file.messages.map(({ ruleId, message }) =>
          message.startsWith('Unused eslint-disable') ? 'unused directive' : (ruleId ?? message),
        ),
      ]),
    );
  });
}

function fileOf(name: string): string {
  return `engine/core/${name.replaceAll(/[^a-z]+/gi, '-')}.ts`;
}
