/**
 * Writes the manifest's schemas as validating code, so that nothing is compiled, and ajv not even loaded, at run time.
 *
 * Usage: node engine/manifest/compile-schema.mjs [OUTPUT]
 *
 * @module
 */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { buildSync } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const output = process.argv[2] ?? `${here}validate.generated.js`;

/** What editors show is of no use here. */
const withoutDescription = (key, value) =>
  key === 'description' && typeof value === 'string' ? undefined : value;

const ajv = new Ajv2020({
  schemas: ['common', 'dvc', 'native'].map((name) =>
    JSON.parse(readFileSync(`${here}schema/${name}.json`, 'utf8'), withoutDescription),
  ),
  allErrors: true,
  // Errors carry the schema's `properties`: the keys that would have been right.
  verbose: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  inlineRefs: false,
  code: { source: true, esm: true },
});

const { outputFiles } = buildSync({
  stdin: {
    contents: standalone.default(ajv, { dvc: 'dvc.json', native: 'native.json' }),
    resolveDir: here,
    loader: 'js',
  },
  bundle: true,
  format: 'esm',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  write: false,
});

const temporary = `${output}.${process.pid}.tmp`;
writeFileSync(temporary, outputFiles[0].contents);
renameSync(temporary, output);
