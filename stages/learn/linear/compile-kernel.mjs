/**
 * Writes the kernel as a module that holds its WebAssembly as text: `kernel.as` and what it names in, `kernel.generated.js` out.
 *
 * As a module it is bundled, counted in fingerprints and given to threads as any other code, and needs no file system.
 * Where what is there was made from the same source by the same compiler, nothing is done.
 *
 * Usage: node stages/learn/linear/compile-kernel.mjs
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const output = `${here}kernel.generated.js`;
const sources = Object.fromEntries(
  ['kernel', 'logistic', 'conjugate-gradients', 'pair'].map((name) => [
    `${name}.ts`,
    readFileSync(`${here}${name}.as`, 'utf8'),
  ]),
);

/** Memory is shared: threads read the same rows. */
const FLAGS = [
  '-O3',
  '--noAssert',
  ...['--runtime', 'stub'],
  ...['--enable', 'simd', '--enable', 'threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

const origin = `// From kernel.as: ${digestOfOrigin()}`;
if (!existsSync(output) || !readFileSync(output, 'utf8').startsWith(`${origin}\n`)) await compile();

function digestOfOrigin() {
  const { devDependencies } = JSON.parse(readFileSync(`${here}../../../package.json`, 'utf8'));
  return createHash('sha256')
    .update(JSON.stringify([devDependencies.assemblyscript, FLAGS, sources]))
    .digest('hex');
}

async function compile() {
  const { main } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await main(['kernel.ts', '-o', 'kernel.wasm', ...FLAGS], {
    readFile: (name) => sources[name] ?? null,
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm') binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null) {
    console.error(stderr.toString());
    throw error;
  }
  const text = Buffer.from(binary).toString('base64');
  const temporary = `${output}.${process.pid}.tmp`;
  writeFileSync(temporary, `${origin}\nexport const kernelBase64 =\n  '${text}';\n`);
  renameSync(temporary, output);
}
