/**
 * `POST /predict`: tags for one question or many.
 *
 * @module
 */

import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { Service } from '../service.ts';
import type { PredictOptions } from '../tagging/predict.ts';
import type { ServingModel } from '../tagging/serving-model.ts';
import { answerAll } from './questions.ts';
import { PREDICT_ANSWER, type PredictBody, predictBodySchema, refusals } from './schemas.ts';

export function addPredictRoutes(
  server: FastifyInstance,
  service: Service,
  guard: RouteShorthandOptions,
): void {
  const { settings, models, clock, observe } = service;
  server.post<{ Body: PredictBody }>(
    '/predict',
    {
      ...guard,
      schema: {
        operationId: 'predict',
        summary: 'Tags of one question, or of several',
        body: predictBodySchema(settings.limits),
        response: {
          200: { ...PREDICT_ANSWER, description: 'The tags, and why' },
          ...refusals(400, 401, 413, 415, 429, 503, 504),
        },
      },
    },
    ({ body }) => {
      const model = models.current();
      const options: PredictOptions = {
        topK: body.top_k,
        threshold: body.threshold,
        words: body.words ?? 0,
      };
      if (body.questions === undefined) {
        const asked = model.ask({ title: body.title!, body: body.body ?? '' }, options);
        observe(model, [asked]);
        return { model: model.id, prediction: asked.prediction };
      }
      return answerMany(model, body.questions, options);
    },
  );

  async function answerMany(
    model: ServingModel,
    questions: NonNullable<PredictBody['questions']>,
    options: PredictOptions,
  ) {
    const texts = questions.map(({ title, body = '' }) => ({ title, body }));
    const asked = await answerAll(model, texts, options, settings.limits.timeoutMs, clock);
    observe(model, asked);
    return { model: model.id, predictions: asked.map(({ prediction }) => prediction) };
  }
}
