/**
 * `track`: tells what came out to the local store, and to an MLflow server where one is configured.
 *
 * In: the model, its scores, the settings that were tried, the questions. Out: nothing; so it runs when one of them
 * changed. It does not fail for a tracker's sake: what cannot be told waits in a queue.
 *
 * @module
 */

import { type ParamsOf, type StageContext, StageFailure } from 'dvc-like/stage';
import { systemClock } from '../io/index.ts';
import { trackResults } from './track-results.ts';

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['track'],
  properties: {
    track: {
      type: 'object',
      additionalProperties: false,
      required: ['experiment', 'registered_model', 'budget_seconds'],
      properties: {
        experiment: {
          type: 'string',
          pattern: '\\S',
          description: "MLflow's experiment: it is made where there is none",
        },
        registered_model: {
          type: 'string',
          pattern: '\\S',
          description: 'The name that MLflow registers models under',
        },
        budget_seconds: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'Telling MLflow takes no longer; the rest is told the next time',
        },
      },
    },
  },
} as const;

export default async function run(context: StageContext<ParamsOf<typeof params>>): Promise<void> {
  const { track } = context.params;
  const root = context.environment['DVC_ROOT'];
  if (root === undefined) throw new StageFailure('Nothing is tracked outside of a project');
  await trackResults({
    deps: context.deps,
    root,
    settings: {
      experiment: track.experiment,
      registeredModel: track.registered_model,
      budgetMs: track.budget_seconds * 1000,
    },
    environment: context.environment,
    ports: { fetch, clock: systemClock, random: context.random, log: context.log, signal: context.signal },
  });
}
