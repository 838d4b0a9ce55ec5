/**
 * The model that answers, and its successor: when the directory on disk changes, the new model is read, tried and put in
 * the place of the old one at once. One that cannot be used is refused and the old one stays.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { Clock } from '../../io/index.ts';
import { openModel, type ServingModel } from '../tagging/serving-model.ts';
import { signatureOf } from './signature.ts';

export interface ModelHolder {
  /** Now. A request keeps the one that it began with. */
  readonly current: () => ServingModel;
  /** Looks at the directory once. What has changed is read when it stays so until the next look. */
  readonly look: () => Promise<void>;
}

export interface ModelListener {
  /** Also of the first. */
  readonly onModel: (model: ServingModel) => void;
  /** Once for each state of the directory that cannot be used. */
  readonly onRefused: (reason: string) => void;
  /** What answers stands on disk again, after something that was refused. */
  readonly onBack: (model: ServingModel) => void;
}

/** @throws {StageFailure} If there is no usable model to begin with. */
export async function holdModel(directory: string, listener: ModelListener): Promise<ModelHolder> {
  let known = await signatureOf(directory);
  let settling = known;
  let current = tryOut(openModel(directory));
  let isRefused = false;
  listener.onModel(current);
  return {
    current: () => current,
    look: async () => {
      const found = await signatureOf(directory);
      const isSettled = found === settling;
      settling = found;
      if (found === known || !isSettled) return;
      try {
        const next = tryOut(openModel(directory));
        // What changed while it was read may be a mixture.
        if ((await signatureOf(directory)) !== found) return;
        known = found;
        if (next.id !== current.id) {
          current = next;
          listener.onModel(next);
        } else if (isRefused) listener.onBack(current);
        isRefused = false;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        known = found;
        isRefused = true;
        listener.onRefused(error.message);
      }
    },
  };
}

/** Looks again and again, until it is told to stop. */
export async function followModel(
  holder: ModelHolder,
  everyMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const isOver = async (): Promise<boolean> => {
    try {
      await clock.sleep(everyMs, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return signal.aborted;
  };
  while (!(await isOver())) await holder.look();
}

/** Warms it up as well: the first question takes longer than the next. */
function tryOut(model: ServingModel): ServingModel {
  const { prediction } = model.ask(
    { title: 'How to try a model', body: '<p>Text</p><pre>code()</pre>' },
    { topK: 1, threshold: undefined, words: 1 },
  );
  const [best] = prediction.tags;
  if (best === undefined || !Number.isFinite(best.score)) {
    throw new StageFailure('Cannot use the model: it gives no score to a question');
  }
  return model;
}

/** What a damaged model, or one that is just being written, can make go wrong while it is read. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof StageFailure ||
  error instanceof TypeError ||
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && typeof error.code === 'string');
