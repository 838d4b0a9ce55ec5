/**
 * JSON Schema 2020-12 as draft-07, which is what YAML editors understand.
 *
 * What draft-07 has no word for is left out: the result accepts at least all that the schema accepts.
 *
 * @module
 */

export type JsonSchema = Readonly<Record<string, unknown>>;

/** By keyword, what its value is made of; of others the value is data, and stays. */
const PARTS: Readonly<Record<string, 'schema' | 'schemas' | 'named schemas'>> = {
  additionalProperties: 'schema',
  items: 'schema',
  contains: 'schema',
  propertyNames: 'schema',
  if: 'schema',
  then: 'schema',
  else: 'schema',
  not: 'schema',
  prefixItems: 'schemas',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  properties: 'named schemas',
  patternProperties: 'named schemas',
  dependentSchemas: 'named schemas',
  $defs: 'named schemas',
};

const RENAMED: Readonly<Record<string, string>> = {
  prefixItems: 'items',
  $defs: 'definitions',
  dependentRequired: 'dependencies',
  dependentSchemas: 'dependencies',
};

const LEFT_OUT = new Set([
  '$id',
  '$schema',
  'unevaluatedProperties',
  'unevaluatedItems',
  'minContains',
  'maxContains',
]);

/** @param schema May be `true` or `false`. */
export function toDraft07(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([keyword]) => !LEFT_OUT.has(keyword))
    .map(([keyword, value]) => [nameOf(keyword, schema), convert(keyword, value)] as const);
  return Object.fromEntries(entries);
}

const nameOf = (keyword: string, beside: JsonSchema): string =>
  keyword === 'items' && 'prefixItems' in beside ? 'additionalItems' : (RENAMED[keyword] ?? keyword);

function convert(keyword: string, value: unknown): unknown {
  if (keyword === '$ref') return String(value).replace('#/$defs/', '#/definitions/');
  switch (PARTS[keyword]) {
    case 'schema':
      return toDraft07(value);
    case 'schemas':
      return (value as readonly unknown[]).map(toDraft07);
    case 'named schemas':
      return Object.fromEntries(
        Object.entries(value as JsonSchema).map(([name, part]) => [name, toDraft07(part)]),
      );
    case undefined:
    default:
      return value;
  }
}

export const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
