/**
 * `MLmodel`: what MLflow shows of a model. Ours has a flavour of its own: `so-tagger serve` loads it.
 *
 * @module
 * @see https://mlflow.org/docs/latest/ml/model/#mlmodel-file-format
 */

import { PACKAGE } from '../../io/index.ts';

export interface ModelFacts {
  readonly modelId: string;
  readonly runId: string;
  readonly atMs: number;
}

export function modelFile({ modelId, runId, atMs }: ModelFacts): string {
  const column = (name: string): object => ({ type: 'string', name, required: true });
  const signature = {
    inputs: JSON.stringify([column('title'), column('body')]),
    outputs: JSON.stringify([{ type: 'array', items: { type: 'string' }, name: 'tags', required: true }]),
    params: null,
  };
  // JSON is YAML.
  return `${JSON.stringify(
    {
      artifact_path: 'model',
      flavors: { dvc_like: { version: PACKAGE.version, serve: 'so-tagger serve' } },
      model_id: modelId,
      run_id: runId,
      signature,
      utc_time_created: new Date(atMs).toISOString().replace('T', ' ').replace('Z', ''),
    },
    undefined,
    2,
  )}\n`;
}
