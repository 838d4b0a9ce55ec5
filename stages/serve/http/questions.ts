/**
 * Many questions answered one after the other, without keeping everybody else waiting.
 *
 * @module
 */

import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../io/index.ts';
import type { Asked, PredictOptions } from '../tagging/predict.ts';
import type { AskedQuestion, ServingModel } from '../tagging/serving-model.ts';
import { Refusal } from './problem.ts';

/** After so much work at a stretch others have their turn. */
const TURN_MS = 10;

/** @throws {Refusal} If it takes longer than `timeoutMs`. */
export async function answerAll(
  model: ServingModel,
  questions: readonly AskedQuestion[],
  options: PredictOptions,
  timeoutMs: number,
  clock: Clock,
): Promise<readonly Asked[]> {
  const answers: Asked[] = [];
  const startMs = clock.nowMs();
  let turnMs = startMs;
  for (const question of questions) {
    const nowMs = clock.nowMs();
    if (nowMs - turnMs > TURN_MS) {
      await setImmediate();
      turnMs = clock.nowMs();
      if (turnMs - startMs > timeoutMs) {
        throw new Refusal(
          504,
          'timeout',
          `${questions.length} questions take longer than ${timeoutMs / 1000} s`,
        );
      }
    }
    answers.push(model.ask(question, options));
  }
  return answers;
}
