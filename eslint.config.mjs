/**
 * What Biome does not format and tsc does not type: the rules of the style that a program can check.
 *
 * @module
 */

import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Where effects are at home: the edges of the program and what is not part of it. */
const EDGES = [
  'engine/cli/**',
  'engine/run/executors/**',
  'engine/stage/host.ts',
  'stages/cli/**',
  'test/**',
  'bench/**',
  '**/*.mjs',
];

const CLOCK_AND_RANDOM = [
  { object: 'Math', property: 'random', message: 'Take a random source as an argument.' },
  { object: 'Date', property: 'now', message: 'Take a Clock as an argument.' },
];
const NO_ONLY = { property: 'only', message: 'It hides the other tests.' };

const style = {
  rules: {
    /** `// eslint-disable-next-line rule -- why`: the why is not optional. */
    'described-disable': {
      meta: { type: 'problem', schema: [], messages: { undescribed: 'Say why, after "--".' } },
      create: (context) => ({
        Program() {
          for (const comment of context.sourceCode.getAllComments()) {
            if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value)) {
              context.report({ loc: comment.loc, messageId: 'undescribed' });
            }
          }
        },
      }),
    },
  },
};

export default defineConfig(
  globalIgnores([
    'dist/',
    'dist.*/',
    'coverage/',
    '.venv/',
    '.venv-mlops/',
    '**/*.generated.*',
    '**/.dvc-like/',
  ]),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { style },
    rules: {
      'style/described-disable': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', ...CLOCK_AND_RANDOM, NO_ONLY],
      'no-restricted-globals': ['error', 'process', 'console'],
      'no-restricted-imports': ['error', 'process', 'node:process', 'console', 'node:console'],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name=Date][arguments.length=0]',
          message: 'Take a Clock as an argument.',
        },
      ],
      // `default: unreachable(x)` may stand below the cases, not instead of one.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
      // `[...text]` is how code points are counted here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // In a kernel the bound of the loop is the proof.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: EDGES,
    rules: {
      'no-restricted-properties': ['error', NO_ONLY],
      'no-restricted-globals': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['test/**'],
    // A test that draws at random cannot be repeated.
    rules: { 'no-restricted-properties': ['error', CLOCK_AND_RANDOM[0], NO_ONLY] },
  },
  {
    // A stage's entry is an async function by contract, awaiting or not.
    files: ['stages/*/stage.ts', 'examples/**'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
