/**
 * What the schema's validator says, as diagnostics: one for each mistake, at the key or value that is wrong.
 *
 * @module
 */

import { type Diagnostic, didYouMean, type Range, type SourceFile } from '../core/index.ts';
import { entryOf, nounOf, type YamlMap, type YamlNode } from '../values/index.ts';
import type { Dialect } from './manifest.ts';
import { described, type Spot, spotAt, within } from './spot.ts';
import type { SchemaError } from './validate.generated.js';

/** Keys of a stage in `dvc-like.yaml` that `dvc.yaml` does not have. */
const NATIVE_STAGE_KEYS: ReadonlySet<string> = new Set(['module', 'with', 'env', 'partition', 'resources']);

/** What makes a stage a group: its other keys stand in `do`. */
const GROUP_KEYS = ['foreach', 'partition'] as const;

/** Ordered as they stand in the file. */
export function explainSchemaErrors(
  file: SourceFile,
  dialect: Dialect,
  root: YamlNode,
  errors: readonly SchemaError[],
): readonly Diagnostic[] {
  const diagnostics = new Map<string, Diagnostic>();
  for (const error of errors) {
    const spot = spotAt(root, error.instancePath);
    if (isConsequence(error, spot)) continue;
    const { range, ...diagnostic } = explain(error, spot, dialect, file);
    const key = `${diagnostic.code} ${range.start} ${diagnostic.message}`;
    diagnostics.set(key, { ...diagnostic, place: { file, range } });
  }
  return [...diagnostics.values()].sort((a, b) => a.place!.range.start - b.place!.range.start);
}

/** Said again by another error, in better words. */
const isConsequence = (error: SchemaError, spot: Spot): boolean =>
  error.keyword === 'if' ||
  /\/oneOf\/\d+\//.test(error.schemaPath) ||
  (error.keyword === 'oneOf' && spot.node.kind !== 'map');

type Finding = Diagnostic & { readonly range: Range };

function explain(error: SchemaError, spot: Spot, dialect: Dialect, file: SourceFile): Finding {
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, spot, dialect, file);
    case 'type':
      return wrongType(params['type'], spot);
    case 'enum':
      return wrongChoice(params['allowedValues'] as readonly string[], spot);
    case 'required':
      return missingKey([String(params['missingProperty'])], spot);
    case 'dependentRequired':
      return missingCompanion(String(params['property']), String(params['missingProperty']), spot);
    case 'oneOf':
      return notExactlyOne(error, spot, file);
    default:
      throw new Error(`Bug: the schema has a keyword without an explanation: ${error.keyword}`);
  }
}

function unknownKey(error: SchemaError, spot: Spot, dialect: Dialect, file: SourceFile): Finding {
  const map = spot.node as YamlMap;
  const entry = entryOf(map, String(error.params['additionalProperty']))!;
  const group = GROUP_KEYS.find((key) => entryOf(map, key) !== undefined);
  if (isStage(spot) && group !== undefined && isStageKey(entry.key, dialect)) {
    return {
      code: 'E_EXCLUSIVE_KEYS',
      message: `"${entry.key}" cannot stand beside "${group}"${within(spot)}`,
      range: entry.keyRange,
      related: [{ message: `"${group}" is here`, place: { file, range: entryOf(map, group)!.keyRange } }],
      hint: entry.key === 'matrix' ? `use either "matrix" or "${group}"` : `move "${entry.key}" into "do"`,
    };
  }
  const known = Object.keys(error.parentSchema?.properties ?? {});
  const isNative = dialect === 'dvc' && isInStage(spot) && NATIVE_STAGE_KEYS.has(entry.key);
  return {
    code: 'E_UNKNOWN_KEY',
    message: `Unknown key "${entry.key}"${within(spot)}`,
    range: entry.keyRange,
    hint: isNative ? `"${entry.key}" exists in dvc-like.yaml only` : didYouMean(entry.key, known),
  };
}

function wrongType(type: unknown, spot: Spot): Finding {
  const types = [type].flat() as readonly string[];
  const wanted = types.flatMap((each) => TYPES[each] ?? each);
  return {
    code: 'E_WRONG_TYPE',
    message: `${described(spot)} must be ${listed(wanted)}, not ${nounOf(spot.node)}`,
    range: spot.range,
    hint: typeHint(types, spot.node),
  };
}

function typeHint(types: readonly string[], node: YamlNode): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  if (types.includes('array') && !types.includes('string') && node.value !== null)
    return 'write a list: [ … ]';
  if (types.includes('boolean') && (node.value === 'yes' || node.value === 'no')) {
    return `write ${node.value === 'yes' ? 'true' : 'false'}`;
  }
  const isTemplate = typeof node.value === 'string' && node.value.includes('${');
  return isTemplate ? 'a template cannot stand here' : undefined;
}

function wrongChoice(choices: readonly string[], spot: Spot): Finding {
  const value = spot.node.kind === 'scalar' ? spot.node.value : undefined;
  return {
    code: 'E_WRONG_VALUE',
    message: `${described(spot)} must be ${listed(choices.map((choice) => `"${choice}"`))}, not ${nounOf(spot.node)}`,
    range: spot.range,
    hint: typeof value === 'string' ? didYouMean(value, choices) : undefined,
  };
}

function missingKey(keys: readonly string[], spot: Spot): Finding {
  return {
    code: 'E_MISSING_KEY',
    message: `${described(spot)} needs ${listed(keys.map((key) => `"${key}"`))}`,
    range: spot.keyRange ?? spot.range,
  };
}

function missingCompanion(key: string, missing: string, spot: Spot): Finding {
  return {
    code: 'E_MISSING_KEY',
    message: `"${key}" needs "${missing}" beside it${within(spot)}`,
    range: entryOf(spot.node as YamlMap, key)!.keyRange,
  };
}

/** The alternatives are the schema's own: `oneOf: [{required: [cmd]}, {required: [module]}]`. */
function notExactlyOne(error: SchemaError, spot: Spot, file: SourceFile): Finding {
  const alternatives = error.schema as readonly { readonly required: readonly [string] }[];
  const keys = alternatives.map((alternative) => alternative.required[0]);
  if (error.params['passingSchemas'] === null) return missingKey(keys, spot);
  const present = keys
    .map((key) => entryOf(spot.node as YamlMap, key)!)
    .sort((a, b) => a.keyRange.start - b.keyRange.start);
  const [first, second] = present as [(typeof present)[0], (typeof present)[0]];
  return {
    code: 'E_EXCLUSIVE_KEYS',
    message: `"${second.key}" cannot stand beside "${first.key}"${within(spot)}`,
    range: second.keyRange,
    related: [{ message: `"${first.key}" is here`, place: { file, range: first.keyRange } }],
    hint: 'keep one of them',
  };
}

const isStage = (spot: Spot): boolean => spot.path.length === 2 && spot.path[0] === 'stages';

const isInStage = (spot: Spot): boolean => isStage(spot) || (spot.path.length === 3 && spot.path[2] === 'do');

const STAGE_KEYS: ReadonlySet<string> = new Set(
  'cmd wdir deps params outs metrics plots vars frozen always_changed desc meta matrix'.split(' '),
);

const isStageKey = (key: string, dialect: Dialect): boolean =>
  STAGE_KEYS.has(key) || (dialect === 'native' && NATIVE_STAGE_KEYS.has(key));

const TYPES: Readonly<Record<string, string | readonly string[]>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  boolean: ['true', 'false'],
  integer: 'a whole number',
  number: 'a number',
  null: 'empty',
};

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}
