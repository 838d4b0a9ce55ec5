/**
 * The space of `config.yaml` as the search knows it.
 *
 * @module
 */

import type { Distribution, Space, Value } from '../learn/selection/index.ts';

/** Name of a setting to `{loguniform: [low, high]}`, `{choice: [...]}`, ... */
export type SpaceParams = Readonly<Record<string, Readonly<Partial<Record<Distribution['kind'], unknown>>>>>;

/** @param params As the schema admits it. */
export const readSpace = (params: SpaceParams): Space =>
  Object.fromEntries(Object.entries(params).map(([name, drawn]) => [name, readDistribution(drawn)]));

function readDistribution(drawn: SpaceParams[string]): Distribution {
  const [kind, values] = Object.entries(drawn)[0] as [Distribution['kind'], readonly Value[]];
  if (kind === 'choice') return { kind, values };
  const [low, high] = values as readonly [number, number];
  return { kind, low, high };
}
