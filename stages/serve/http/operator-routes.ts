/**
 * For who runs the server: health, metrics, and which model answers.
 *
 * @module
 */

import type { FastifyInstance } from 'fastify';
import type { Service } from '../service.ts';
import { Refusal } from './problem.ts';
import { refusals } from './schemas.ts';

const STATUS = { type: 'object', required: ['status'], properties: { status: { type: 'string' } } } as const;

export function addOperatorRoutes(
  server: FastifyInstance,
  { models, metrics, isReady, refresh }: Service,
): void {
  server.get(
    '/health/live',
    {
      schema: {
        operationId: 'live',
        summary: 'Whether the process answers at all',
        response: { 200: { ...STATUS, description: 'It does' } },
      },
    },
    () => ({ status: 'live' }),
  );
  server.get(
    '/health/ready',
    {
      schema: {
        operationId: 'ready',
        summary: 'Whether requests are welcome',
        response: { 200: { ...STATUS, description: 'They are' }, ...refusals(503) },
      },
    },
    () => {
      if (!isReady()) throw new Refusal(503, 'stopping', 'The server is stopping');
      return { status: 'ready' };
    },
  );
  server.get(
    '/metrics',
    {
      schema: {
        operationId: 'metrics',
        summary: 'For Prometheus',
        response: {
          200: {
            description: 'Text in its exposition format',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      },
    },
    async (_, reply) => {
      refresh();
      return reply.type(metrics.contentType).send(await metrics.text());
    },
  );
  server.get(
    '/model',
    {
      schema: {
        operationId: 'model',
        summary: 'The model that answers',
        response: {
          200: {
            description: 'What it was made from, and the tags that it knows',
            type: 'object',
            required: ['model', 'months', 'questions', 'tags'],
            properties: {
              model: { type: 'string', description: 'SHA-256 of its manifest' },
              months: {
                type: 'object',
                description: 'The training months, both included',
                properties: { from: { type: 'string' }, to: { type: 'string' } },
              },
              questions: { type: 'integer', description: 'Training questions' },
              tags: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { tag: { type: 'string' }, support: { type: 'integer' } },
                },
              },
            },
          },
        },
      },
    },
    () => {
      const { id, manifest, tagger, support } = models.current();
      return {
        model: id,
        months: manifest.months,
        questions: manifest.size.questions,
        tags: tagger.classes.map((tag, label) => ({ tag, support: support[label] })),
      };
    },
  );
}
