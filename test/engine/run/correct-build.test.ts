import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { changedFiles, filesOf } from '../../support/files-of.ts';
import { withProject } from '../../support/project.ts';
import { suite } from '../../support/suite.ts';
import { reproInProcess } from './repro-in-process.ts';

/** A stage reads earlier outs, sources and maybe a param, and forgets some of it: outs often come out the same. */
interface Stage {
  readonly sources: readonly number[];
  readonly stages: readonly number[];
  readonly readsParam: boolean;
  readonly isTree: boolean;
  readonly version: number;
}

interface Pipeline {
  readonly sources: readonly string[];
  readonly param: number;
  readonly stages: readonly Stage[];
}

type Edit =
  | { readonly kind: 'source'; readonly at: number; readonly text: string }
  | { readonly kind: 'param'; readonly value: number }
  | { readonly kind: 'stage'; readonly at: number; readonly stage: Stage }
  | { readonly kind: 'spoil-out'; readonly at: number }
  | { readonly kind: 'remove-out'; readonly at: number }
  | { readonly kind: 'remove-lock' }
  | { readonly kind: 'remove-object'; readonly at: number }
  | { readonly kind: 'remove-state' };

const SOURCES = 3;
const STAGES = 4;
const CONTENT = ['a\n', 'b\n', 'c\n'] as const;

const content = fc.constantFrom(...CONTENT);
const value = fc.integer({ min: 0, max: 2 });
const at = fc.nat({ max: STAGES - 1 });

const stage = (index: number): fc.Arbitrary<Stage> =>
  fc.record({
    sources: fc.uniqueArray(fc.nat({ max: SOURCES - 1 }), { maxLength: 2 }),
    stages: index === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat({ max: index - 1 }), { maxLength: 2 }),
    readsParam: fc.boolean(),
    isTree: fc.boolean(),
    version: value,
  });

const pipeline: fc.Arbitrary<Pipeline> = fc.record({
  sources: fc.array(content, { minLength: SOURCES, maxLength: SOURCES }),
  param: value,
  stages: fc.tuple(...Array.from({ length: STAGES }, (_, i) => stage(i))),
});

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('source' as const),
      at: fc.nat({ max: SOURCES - 1 }),
      text: content,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('param' as const), value }) },
  {
    weight: 3,
    arbitrary: at.chain((i) =>
      fc.record({ kind: fc.constant('stage' as const), at: fc.constant(i), stage: stage(i) }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('spoil-out' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-out' as const), at }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'remove-lock' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-object' as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'remove-state' as const }) },
);

const steps = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });

suite('repro after any edits comes to what a build from scratch comes to', (test) => {
  test('every out, the lock, and the inputs untouched', { timeoutMs: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(pipeline, steps, fc.constantFrom(1, 4), async (first, edits, jobs) => {
        await withProject({}, async (p) => {
          let current = first;
          write(p.root, current);
          await build(p.root, jobs);
          for (const step of edits) {
            for (const each of step) current = apply(p.root, current, each);
            write(p.root, current);
            await build(p.root, jobs);
            assert.equal(changedFiles(expected(current), made(p.root)), []);
          }
          await withProject({}, async (scratch) => {
            write(scratch.root, current);
            await build(scratch.root, 1);
            assert.equal(changedFiles(made(scratch.root), made(p.root)), []);
            assert.is(
              readFileSync(p.path('dvc-like.lock'), 'utf8'),
              readFileSync(scratch.path('dvc-like.lock'), 'utf8'),
            );
          });
        });
      }),
      { numRuns: 15, includeErrorInReport: true },
    );
  });
});

async function build(root: string, jobs: number): Promise<void> {
  const outcomes = await reproInProcess(root, jobs);
  assert.ok(
    Object.values(outcomes).every((kind) => ['ran', 'restored', 'fresh'].includes(kind)),
    JSON.stringify(outcomes),
  );
  const again = await reproInProcess(root, jobs);
  assert.ok(
    Object.values(again).every((kind) => kind === 'fresh'),
    JSON.stringify(again),
  );
}

const made = (root: string): Readonly<Record<string, string>> =>
  filesOf(root, ['.dvc-like', 'dvc-like.lock', 'dvc-like.yaml']);

function write(root: string, { sources, param, stages }: Pipeline): void {
  const put = (path: string, text: string): void => {
    const file = join(root, path);
    if (statSync(file, { throwIfNoEntry: false }) === undefined || readFileSync(file, 'utf8') !== text)
      writeFileSync(file, text);
  };
  sources.forEach((text, i) => {
    put(`source${i}`, text);
  });
  put('config.yaml', `k: ${param}\n`);
  put('dvc-like.yaml', `stages:\n${stages.map(manifestOf).join('')}`);
}

function manifestOf({ sources, stages, readsParam, isTree, version }: Stage, i: number): string {
  const deps = [...sources.map((n) => `source${n}`), ...stages.map((n) => `out${n}`)];
  const inputs = [
    `echo v${version}`,
    ...(readsParam ? ['cat config.yaml'] : []),
    ...deps.map((dep) => `find ${dep} -type f | sort | xargs cat`),
  ];
  const target = isTree ? `mkdir out${i}; cat > out${i}/one; cp out${i}/one out${i}/two` : `cat > out${i}`;
  const cmd = `{ ${inputs.join('; ')}; } | tr bc aa | { ${target}; }`;
  return `  s${i}: {cmd: '${cmd}', deps: [${deps.join(', ')}], params: [${readsParam ? 'k' : ''}], outs: [out${i}]}\n`;
}

function expected({ sources, param, stages }: Pipeline): Readonly<Record<string, string>> {
  const files: Record<string, string> = { 'config.yaml': `644 k: ${param}\n` };
  sources.forEach((text, i) => {
    files[`source${i}`] = `644 ${text}`;
  });
  const outs: string[] = [];
  stages.forEach((each, i) => {
    const read = [
      `v${each.version}\n`,
      ...(each.readsParam ? [`k: ${param}\n`] : []),
      ...each.sources.map((n) => sources[n]!),
      ...each.stages.map((n) => outs[n]!.repeat(stages[n]!.isTree ? 2 : 1)),
    ];
    const text = read.join('').replaceAll(/[bc]/g, 'a');
    outs.push(text);
    for (const name of each.isTree ? ['/one', '/two'] : ['']) files[`out${i}${name}`] = `644 ${text}`;
  });
  return files;
}

/** What it does on disk, and what the pipeline then is. */
function apply(root: string, current: Pipeline, each: Edit): Pipeline {
  switch (each.kind) {
    case 'source':
      return { ...current, sources: current.sources.with(each.at, each.text) };
    case 'param':
      return { ...current, param: each.value };
    case 'stage':
      return { ...current, stages: current.stages.with(each.at, each.stage) };
    case 'spoil-out':
      rmSync(join(root, `out${each.at}`), { recursive: true, force: true });
      mkdirSync(join(root, `out${each.at}`));
      writeFileSync(join(root, `out${each.at}/one`), 'by hand');
      return current;
    case 'remove-out':
      rmSync(join(root, `out${each.at}`), { recursive: true, force: true });
      return current;
    case 'remove-lock':
      rmSync(join(root, 'dvc-like.lock'), { force: true });
      return current;
    case 'remove-object': {
      const objects = join(root, '.dvc-like/cache/files/md5');
      const names = readdirSync(objects).sort();
      if (names.length > 0) rmSync(join(objects, names[each.at % names.length]!), { recursive: true });
      return current;
    }
    case 'remove-state':
      rmSync(join(root, '.dvc-like/tmp'), { recursive: true, force: true });
      return current;
  }
}
