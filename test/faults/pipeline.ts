/**
 * A pipeline of short stages, slow in different ways, whose every output can be computed from its inputs: a lie in the
 * lock shows.
 *
 * @module
 */

import { type LockedStage, lockedStages, md5, objectBytes } from './invariants.ts';

/** Contents of a stage's deps by path; a tree is its files, by name. */
type Inputs = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

interface Stage {
  readonly name: string;
  readonly deps: readonly string[];
  readonly out: string;
  readonly cmd: string;
  /** What the command makes. */
  readonly make: (inputs: Inputs) => string | Readonly<Record<string, string>>;
}

const text = (inputs: Inputs, path: string): string => inputs[path] as string;

/** Writes in two goes with a pause between: an out that is taken too early is short. */
const slowly = (name: string, seconds: string, dep: string): Stage => ({
  name,
  deps: [dep],
  out: `out/${name}`,
  cmd: `printf '${name} ' > out/${name}; sleep ${seconds}; cat ${dep} >> out/${name}`,
  make: (inputs) => `${name} ${text(inputs, dep)}`,
});

const PARTS = ['1', '2', '3', '4', '5'];

const STAGES: readonly Stage[] = [
  slowly('slow', '0.2', 'source'),
  slowly('quick', '0.02', 'source'),
  {
    name: 'tree',
    deps: ['out/quick'],
    out: 'out/tree',
    cmd: `mkdir -p out/tree/sub; for i in ${PARTS.join(' ')}; do sleep 0.02; echo $i | cat - out/quick > out/tree/sub/$i; done`,
    make: (inputs) =>
      Object.fromEntries(PARTS.map((part) => [`sub/${part}`, `${part}\n${text(inputs, 'out/quick')}`])),
  },
  {
    name: 'large',
    deps: ['source'],
    out: 'out/large',
    cmd: 'for i in 1 2 3 4; do yes "$(cat source)" | head -c 700000; sleep 0.03; done > out/large',
    make: (inputs) => repeated(`${text(inputs, 'source').trimEnd()}\n`, 700_000).repeat(4),
  },
  {
    name: 'join',
    deps: ['out/tree', 'out/slow'],
    out: 'out/join',
    cmd: 'cat out/tree/sub/* > out/join; sleep 0.05; cat out/slow >> out/join',
    make: (inputs) => {
      const tree = inputs['out/tree'] as Readonly<Record<string, string>>;
      return PARTS.map((part) => tree[`sub/${part}`]).join('') + text(inputs, 'out/slow');
    },
  },
  slowly('chain1', '0', 'out/join'),
  slowly('chain2', '0.05', 'out/chain1'),
  slowly('chain3', '0', 'out/chain2'),
];

export const MANIFEST = `stages:\n${STAGES.map(
  ({ name, deps, out, cmd }) =>
    `  ${name}:\n    cmd: |\n      ${cmd}\n    deps: [${deps.join(', ')}]\n    outs: [${out}]\n`,
).join('')}`;

/** Version `n` of the one file that is no output. */
export const source = (n: number): string => `version ${n}\n`;

/**
 * Recomputes each output that the lock claims, from the inputs that it records, by their objects.
 *
 * @param sources All versions of the source that there have been.
 * @throws {Error} If one differs.
 */
export function checkClaims(root: string, sources: readonly string[]): void {
  const sourceOf = new Map(sources.map((content) => [md5(content), content]));
  for (const [name, locked] of Object.entries(lockedStages(root))) {
    const stage = STAGES.find((known) => known.name === name);
    if (stage === undefined) throw new Error(`The lock has a stage "${name}"`);
    const inputs = Object.fromEntries(
      (locked.deps ?? []).map(({ path, md5: digest }) => [
        path,
        sourceOf.get(digest) ?? contentOf(root, digest),
      ]),
    );
    const expected = digestOf(stage.make(inputs));
    const claimed = claimOf(locked, stage.out);
    if (claimed !== expected) throw new Error(`The lock claims ${claimed} for ${stage.out}, not ${expected}`);
  }
}

const claimOf = ({ outs = [] }: LockedStage, path: string): string | undefined =>
  outs.find((out) => out.path === path)?.md5;

function contentOf(root: string, digest: string): string | Readonly<Record<string, string>> {
  const bytes = objectBytes(root, digest).toString();
  if (!digest.endsWith('.dir')) return bytes;
  const entries = JSON.parse(bytes) as readonly { readonly md5: string; readonly relpath: string }[];
  return Object.fromEntries(entries.map((entry) => [entry.relpath, objectBytes(root, entry.md5).toString()]));
}

function digestOf(content: string | Readonly<Record<string, string>>): string {
  if (typeof content === 'string') return md5(content);
  const files = Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1));
  const list = files.map(([path, file]) => `{"md5": "${md5(file)}", "relpath": "${path}"}`);
  return `${md5(`[${list.join(', ')}]`)}.dir`;
}

const repeated = (line: string, length: number): string =>
  line.repeat(Math.ceil(length / line.length)).slice(0, length);
