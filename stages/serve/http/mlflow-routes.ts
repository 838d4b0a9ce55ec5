/**
 * The server as MLflow's scoring server: `/invocations`, `/ping`, `/health`, `/version`.
 *
 * @module
 */

import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import { PACKAGE } from '../../io/index.ts';
import type { Service } from '../service.ts';
import { type InvocationsBody, questionsOf } from './invocations.ts';
import { answerAll } from './questions.ts';
import { INVOCATIONS_ANSWER, INVOCATIONS_BODY, refusals } from './schemas.ts';

export function addMlflowRoutes(
  server: FastifyInstance,
  service: Service,
  guard: RouteShorthandOptions,
): void {
  const { settings, models, clock, observe } = service;
  server.post<{ Body: InvocationsBody }>(
    '/invocations',
    {
      ...guard,
      schema: {
        operationId: 'invocations',
        summary: 'As MLflow asks a model',
        description: 'Exactly one of dataframe_split, dataframe_records, instances and inputs.',
        body: INVOCATIONS_BODY,
        response: {
          200: { ...INVOCATIONS_ANSWER, description: 'The tags of each row, in order' },
          ...refusals(400, 401, 413, 415, 429, 503, 504),
        },
      },
    },
    async ({ body }) => {
      const model = models.current();
      const { top_k: topK, threshold } = body.params ?? {};
      const questions = questionsOf(body, settings.limits);
      const options = { topK, threshold, words: 0 };
      const asked = await answerAll(model, questions, options, settings.limits.timeoutMs, clock);
      observe(model, asked);
      return {
        predictions: asked.map(({ prediction: { tags } }) => ({
          tags: tags.map(({ tag }) => tag),
          scores: tags.map(({ score }) => score),
        })),
      };
    },
  );
  const text = (description: string) => ({
    200: { description, content: { 'text/plain': { schema: { type: 'string' } } } },
  });
  for (const path of ['/ping', '/health']) {
    server.get(
      path,
      {
        schema: {
          operationId: path.slice(1),
          summary: 'Whether a model answers, as MLflow asks',
          response: { ...text('A line break'), ...refusals(503) },
        },
      },
      (_, reply) =>
        reply
          .code(service.isReady() ? 200 : 503)
          .type('text/plain')
          .send('\n'),
    );
  }
  server.get(
    '/version',
    { schema: { operationId: 'version', summary: 'Version of the program', response: text('Its number') } },
    (_, reply) => reply.type('text/plain').send(PACKAGE.version),
  );
}
