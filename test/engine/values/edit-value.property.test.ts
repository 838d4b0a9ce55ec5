import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Float, pythonJson, type Value } from '../../../cache/index.ts';
import { flowText, readValues, setValue, toValue } from '../../../engine/values/index.ts';
import { suite, table } from '../../support/suite.ts';

/** A value with the way in which it is written. */
type Written =
  | { readonly kind: 'scalar'; readonly value: Value; readonly comment: string }
  | { readonly kind: 'list'; readonly items: readonly Written[]; readonly style: Style }
  | {
      readonly kind: 'map';
      readonly entries: readonly (readonly [string, Written])[];
      readonly style: Style;
    };

type Style = 'block' | 'flow';

const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'b', ' ', ':', '#', ',', "'", '"', '{', ']', '-', '\n', 'é', '\\'),
  }),
  fc.constantFrom(
    '',
    'true',
    '1',
    '1.0',
    'null',
    '~',
    '- x',
    'a: b',
    '*a',
    '&a',
    '!t',
    '|',
    '>',
    '%',
    '@',
    '`',
    '0o1',
  ),
);
const scalar: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.integer(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
  fc.double({ noNaN: true }).map((value) => (Number.isInteger(value) ? new Float(value) : value)),
  fc.constantFrom<Value>(true, false, null, Infinity, -Infinity),
);
const key = fc.oneof(
  fc.stringMatching(/^[a-z]{1,3}$/),
  fc.constantFrom('a b', '1', 'true', '__proto__', 'é', '#'),
);
const style = fc.constantFrom<Style>('block', 'flow');

const written = fc.letrec<{ any: Written }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ kind: fc.constant('scalar' as const), value: scalar, comment: fc.constantFrom('', '# c') }),
    fc.record({ kind: fc.constant('list' as const), items: fc.array(tie('any'), { maxLength: 3 }), style }),
    mapOf(tie('any'), 0),
  ),
})).any;

function mapOf(value: fc.Arbitrary<Written>, minLength: number) {
  const entry = fc.tuple(key, value);
  const entries = fc.uniqueArray(entry, { selector: ([name]) => name, minLength, maxLength: 4 });
  return fc.record({ kind: fc.constant('map' as const), entries, style });
}

const document = mapOf(written, 1);

const valueOf = (node: Written): Value => {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(valueOf);
  return new Map(node.entries.map(([name, item]) => [name, valueOf(item)]));
};

/** As YAML behind `key:` or `-`, with the line break at its end. */
function yaml(node: Written, indent: number): string {
  if (node.kind === 'scalar') return ` ${flowText(node.value, 'yaml')} ${node.comment}`.trimEnd() + '\n';
  const children = node.kind === 'list' ? node.items.map((item) => ['-', item] as const) : node.entries;
  if (node.style === 'flow' || children.length === 0) return ` ${flowText(valueOf(node), 'yaml')}\n`;
  const blanks = ' '.repeat(indent);
  const lines = children.map(([name, child]) => {
    const head = node.kind === 'list' ? '-' : `${flowText(name, 'yaml')}:`;
    return `${blanks}${head}${yaml(child, indent + 2)}`;
  });
  return `\n${lines.join(`${blanks}# between\n`)}`;
}

/** A path to something in the value, or beside it in one of its mappings. */
function pathIn(value: Value, choose: (count: number) => number): readonly string[] {
  const path: string[] = [];
  for (let current: Value | undefined = value; current !== undefined; ) {
    const keys: readonly string[] =
      current instanceof Map
        ? [...current.keys()]
        : Array.isArray(current)
          ? current.map((_item, i) => String(i))
          : [];
    const options: readonly string[] = current instanceof Map ? [...keys, 'added'] : keys;
    if (options.length === 0 || (path.length > 0 && choose(3) === 0)) return path;
    const part = options[choose(options.length)]!;
    path.push(part);
    current =
      current instanceof Map ? (current.get(part) as Value | undefined) : (current as Value[])[Number(part)];
  }
  return path;
}

function withValue(root: Value | undefined, [part, ...rest]: readonly string[], value: Value): Value {
  if (part === undefined) return value;
  if (Array.isArray(root))
    return root.map((item: Value, i) => (String(i) === part ? withValue(item, rest, value) : item));
  const map = new Map(root as ReadonlyMap<string, Value>);
  return map.set(part, withValue(map.get(part), rest, value));
}

suite('setValue() sets the value and no other, and touches no byte around it', (test) => {
  const render = {
    'params.yaml': (node: Written): string =>
      `# first\n${yaml({ ...node, style: 'block' } as Written, 0).slice(1)}# last\n`,
    'flow.yaml': (node: Written): string => `${flowText(valueOf(node), 'yaml')} # all\n`,
    'params.json': (node: Written): string => `${flowText(valueOf(node), 'json')}\n`,
  };
  table(
    test,
    Object.entries(render).map(([name, textOf]) => ({ name, textOf })),
    ({ name, textOf }) => {
      fc.assert(
        fc.property(document, written, fc.infiniteStream(fc.nat()), (before, wanted, numbers) => {
          const source = textOf(before);
          const path = pathIn(valueOf(before), (count) => (numbers.next().value as number) % count);
          const value = valueOf(wanted);
          const edited = setValue({ path: name, text: source }, path, { value });
          if (!edited.ok) throw new Error(`${path.join('.')}: ${edited.error[0]!.message}\n${source}`);
          const read = readValues({ path: name, text: edited.value.text });
          if (!read.ok) throw new Error(`It cannot be read any more:\n${edited.value.text}`);
          assert.is(pythonJson(toValue(read.value)), pythonJson(withValue(valueOf(before), path, value)));
          assert.ok(keepsAround(source, edited.value.text, path));
        }),
        { numRuns: 500 },
      );
    },
  );
});

/** The lines of the other top-level keys stand as they did, in their order. */
function keepsAround(before: string, after: string, [top]: readonly string[]): boolean {
  const others = (text: string): readonly string[] => {
    const blocks = text.split(/^(?=\S)/m);
    return blocks.filter((block) => !block.startsWith(`${flowText(top!, 'yaml')}:`) && /^[^{\s]/.test(block));
  };
  return others(before).join('') === others(after).join('');
}
