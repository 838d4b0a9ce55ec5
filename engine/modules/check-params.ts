/**
 * Params against the schema of the module that gets them.
 *
 * @module
 */

import { createRequire } from 'node:module';
import type { Ajv2020, AnySchema, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { toPlain, type ValueMap } from '../../cache/index.ts';
import { type Diagnostic, didYouMean, type Place, suggest } from '../core/index.ts';

/** Where the params file has a value, `undefined` where it has none. */
export type LocateParam = (path: readonly string[]) => Place | undefined;

/**
 * All that is wrong with the params, in the order of the schema.
 *
 * @param schema What the module exports as `params`; `undefined` accepts everything.
 * @param params Nested, as the module gets them.
 */
export function checkParams(schema: unknown, params: ValueMap, locate: LocateParam): readonly Diagnostic[] {
  if (schema === undefined) return [];
  try {
    const validate = compile(schema as AnySchema);
    if (validate(toPlain(params))) return [];
    return withoutSummaries(validate.errors ?? []).map((error) => explain(error, locate));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [
      {
        code: 'E_PARAMS_SCHEMA',
        message: `A module's "params" is not a valid JSON Schema: ${error.message}`,
        hint: 'the dialect is JSON Schema 2020-12',
      },
    ];
  }
}

/** Many stages share a module; its schema is compiled once. */
const compiled = new WeakMap<object, ValidateFunction>();

function compile(schema: AnySchema): ValidateFunction {
  if (typeof schema === 'boolean') return newAjv().compile(schema);
  const known = compiled.get(schema) ?? newAjv().compile(schema);
  compiled.set(schema, known);
  return known;
}

/** ajv takes 40 ms to load: only a project with module stages pays for it, and only when it plans. */
function newAjv(): Ajv2020 {
  const { Ajv2020: Ajv } = createRequire(import.meta.url)('ajv/dist/2020.js') as {
    readonly Ajv2020: typeof Ajv2020;
  };
  return new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    validateFormats: false,
    logger: false,
  });
}

/** `if` and `propertyNames` say again what the errors within them say better. */
const withoutSummaries = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const better = errors.filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames');
  return better.length > 0 ? better : errors;
};

function explain(error: ErrorObject, locate: LocateParam): Diagnostic {
  const path = pathOf(error.instancePath);
  switch (error.keyword) {
    case 'required': {
      const name = [...path, (error.params as { readonly missingProperty: string }).missingProperty];
      const mistyped = suggest(name.at(-1)!, unknownKeys(error));
      return {
        code: 'E_PARAM_MISSING',
        message: `Param "${name.join('.')}" is missing`,
        place: nearest(path, locate),
        hint:
          mistyped === undefined
            ? 'set it, and list it under "params" of the stage'
            : `"${mistyped}" is set; did you mean "${name.at(-1)!}"?`,
      };
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const { additionalProperty, unevaluatedProperty } = error.params as Readonly<Record<string, string>>;
      const key = additionalProperty ?? unevaluatedProperty!;
      const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
      return {
        code: 'E_PARAM_UNKNOWN',
        message: `Unknown param "${[...path, key].join('.')}"`,
        place: nearest([...path, key], locate),
        hint:
          didYouMean(key, known) ??
          (known.length > 0 ? `the module knows ${known.map((name) => `"${name}"`).join(', ')}` : undefined),
      };
    }
    default: {
      const wrong = error.propertyName === undefined ? show(error.data) : `its key "${error.propertyName}"`;
      return {
        code: 'E_PARAM_TYPE',
        message: `Param "${path.join('.')}" ${expectation(error)}, not ${wrong}`,
        place: nearest(path, locate),
        hint: mistypedValue(error) ?? descriptionOf(error),
      };
    }
  }
}

function expectation({ keyword, params, message, schema }: ErrorObject): string {
  switch (keyword) {
    case 'type': {
      const types = [params['type']].flat().map((type) => TYPES[String(type)] ?? String(type));
      return `must be ${types.join(' or ')}`;
    }
    case 'enum':
      return `must be one of ${(schema as readonly unknown[]).map(show).join(', ')}`;
    case 'const':
      return `must be ${show(schema)}`;
    default:
      return message ?? `must satisfy "${keyword}"`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

const mistypedValue = ({ keyword, data, schema }: ErrorObject): string | undefined =>
  keyword === 'enum' && typeof data === 'string'
    ? didYouMean(data, (schema as readonly unknown[]).map(String))
    : undefined;

const descriptionOf = ({ parentSchema }: ErrorObject): string | undefined => {
  const description: unknown = parentSchema?.['description'];
  return typeof description === 'string' ? description : undefined;
};

/** Keys beside a missing one that the schema does not know: one of them may be it, mistyped. */
function unknownKeys({ parentSchema, data }: ErrorObject): readonly string[] {
  const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
  return Object.keys((data as object | undefined) ?? {}).filter((key) => !known.includes(key));
}

/** The value's own place, or that of the nearest value around it. */
function nearest(path: readonly string[], locate: LocateParam): Place | undefined {
  for (let length = path.length; length > 0; length--) {
    const place = locate(path.slice(0, length));
    if (place !== undefined) return place;
  }
  return undefined;
}

const pathOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const MAX_SHOWN = 60;

function show(value: unknown): string {
  const text = typeof value === 'bigint' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
