/**
 * The borders: which folder may import which, and through what door.
 *
 * @module
 */

/** A folder imports those before it. */
const CACHE = ['core', 'hash', 'objects', 'runs', 'remotes'];
const ENGINE = [
  'core',
  'project',
  'values',
  'manifest',
  'template',
  'graph',
  'modules',
  'lockfile',
  'sources',
  'plan',
  'workspace',
  'stage',
  'run',
  'data',
  'plots',
  'watch',
  'runs',
  'report',
  'cli',
];

const anyOf = (names) => `(${names.join('|')})`;

/** Each folder of `area` and what stands after it in `order`. */
const orderOf = (area, order) =>
  order.slice(0, -1).map((folder, index) => ({
    name: `${area}-${folder}-imports-only-what-stands-before-it`,
    severity: 'error',
    from: { path: `^${area}/${folder}/` },
    to: { path: `^${area}/${anyOf(order.slice(index + 1))}/` },
  }));

/** `folder` stands for one path segment: another's is entered by its index only. */
const door = (area) => ({
  name: `${area}-folders-are-entered-by-their-index`,
  severity: 'error',
  from: { path: `^${area}/([^/]+)/` },
  to: { path: `^${area}/[^/]+/`, pathNot: [`^${area}/$1/`, `^${area}/[^/]+/index\\.ts$`] },
});

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid('no-unresolvable', {}, { couldNotResolve: true, pathNot: '\\.generated\\.js$' }),
    forbid('no-undeclared-packages', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] }),
    forbid(
      'no-tools-in-the-product',
      { path: '^(cache|engine|stages)/', pathNot: '/compile-\\w+\\.mjs$' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),

    forbid(
      'cache-imports-only-cache',
      { path: '^cache/' },
      { path: '^(engine|stages|examples|test|bench)/' },
    ),
    forbid(
      'cache-index-is-imported-by-nobody-inside',
      { path: '^cache/[^/]+/' },
      { path: '^cache/index\\.ts$' },
    ),
    ...orderOf('cache', CACHE),
    door('cache'),
    forbid(
      'cache-has-only-the-folders-of-the-design',
      { path: '^cache/[^/]+/', pathNot: `^cache/${anyOf(CACHE)}/` },
      {},
    ),

    forbid('engine-imports-only-cache', { path: '^engine/' }, { path: '^(stages|examples|test|bench)/' }),
    forbid(
      'cache-is-entered-by-its-index',
      { path: '^engine/' },
      { path: '^cache/', pathNot: '^cache/index\\.ts$' },
    ),
    ...orderOf('engine', ENGINE),
    door('engine'),
    forbid(
      'engine-has-only-the-folders-of-the-design',
      { path: '^engine/[^/]+/', pathNot: `^engine/${anyOf(ENGINE)}/` },
      {},
    ),

    forbid(
      'stages-see-one-door-of-the-engine',
      { path: '^stages/' },
      { path: '^(cache|engine|examples|test|bench)/', pathNot: '^engine/stage/index\\.ts$' },
    ),
    forbid(
      'stages-never-import-each-other',
      { path: '^stages/([^/]+)/', pathNot: '^stages/(learn|io|cli)/' },
      {
        path: '^stages/',
        pathNot: ['^stages/$1/', '^stages/learn/[^/]+/index\\.ts$', '^stages/(io|page)/index\\.ts$'],
      },
    ),
    forbid(
      'learn-is-numerics-only',
      // What the build runs is no part of it.
      { path: '^stages/learn/', pathNot: '/compile-\\w+\\.mjs$' },
      {
        path: ['^(engine|stages)/', '^(node:)?(fs|child_process|net|http|https|process)'],
        pathNot: '^stages/learn/',
      },
    ),
    forbid(
      'learn-is-entered-by-its-subfolders-index',
      { path: '^stages/learn/([^/]+)/' },
      { path: '^stages/learn/', pathNot: ['^stages/learn/$1/', '^stages/learn/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'page-imports-learn-only',
      { path: '^stages/page/' },
      { path: '^stages/', pathNot: ['^stages/page/', '^stages/learn/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'io-imports-learn-only',
      { path: '^stages/io/' },
      { path: '^stages/', pathNot: ['^stages/io/', '^stages/learn/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'examples-stand-alone',
      { path: '^examples/([^/]+)/' },
      {
        path: '^(cache|engine|stages|test|bench|examples)/',
        pathNot: ['^examples/$1/', '^engine/stage/index\\.ts$'],
      },
    ),
    forbid('nothing-imports-tests', { path: '^(cache|engine|stages|bench)/' }, { path: '^test/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
