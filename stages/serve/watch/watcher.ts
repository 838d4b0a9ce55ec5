/**
 * Watches the questions that come: into a rolling window that is compared with training, and into a log where one is
 * wanted. Questions are looked at in groups and apart from their requests, so that nobody waits for it.
 *
 * @module
 */

import type { Clock, LoggedPrediction } from '../../io/index.ts';
import {
  joinSamples,
  type Sample,
  type Vocabulary,
  vocabularyOf,
  watchPredictions,
  watchQuestions,
} from '../../learn/drift/index.ts';
import type { LabelMatrix } from '../../learn/labels/index.ts';
import type { Asked } from '../tagging/predict.ts';
import type { ServingModel } from '../tagging/serving-model.ts';
import type { DriftGauges } from './drift-gauges.ts';
import type { PredictionLog } from './prediction-log.ts';
import { RollingWindow } from './window.ts';

export interface Watcher {
  readonly watch: (model: ServingModel, asked: readonly Asked[]) => void;
  /** Brings the gauges up to date. */
  readonly refresh: () => void;
  /** After the last question. */
  readonly close: () => Promise<void>;
}

export interface WatcherOptions {
  readonly clock: Clock;
  readonly windowQuestions: number;
  readonly gauges: DriftGauges;
  readonly log: PredictionLog | undefined;
}

/** Without a log only so many questions a second: the window needs no more. */
const MOST_PER_SECOND = 25;
const GROUP = 50;
const GROUP_MS = 500;
/** Fisher's tests of all tags take some milliseconds. */
const COMPARE_EVERY_MS = 5000;

export function createWatcher({ clock, windowQuestions, gauges, log }: WatcherOptions): Watcher {
  const window = new RollingWindow(windowQuestions);
  let current: { readonly model: ServingModel; readonly vocabulary: Vocabulary | undefined } | undefined;
  let waiting: { readonly asked: Asked; readonly timeMs: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let second = 0;
  let takenInSecond = 0;
  let comparedMs = -Infinity;
  let isStale = true;

  const isWanted = (timeMs: number): boolean => {
    if (log !== undefined) return true;
    if (Math.floor(timeMs / 1000) !== second) {
      second = Math.floor(timeMs / 1000);
      takenInSecond = 0;
    }
    return takenInSecond++ < MOST_PER_SECOND;
  };
  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0 || current === undefined) return;
    const group = waiting;
    waiting = [];
    isStale = true;
    const { model, vocabulary } = current;
    const rows = rowsOf(
      model,
      vocabulary,
      group.map(({ asked }) => asked),
    );
    rows.forEach(({ numbers, tags }) => window.add({ numbers, tags }));
    log?.write(group.map(({ asked, timeMs }, i) => entryOf(model, asked, rows[i]!.numbers, timeMs)));
  };
  return {
    watch: (model, asked) => {
      if (current?.model !== model) {
        look();
        window.clear();
        comparedMs = -Infinity;
        isStale = true;
        current = { model, vocabulary: vocabularyOf(model.tagger.featurizer, model.manifest.size.questions) };
      }
      const timeMs = clock.nowMs();
      for (const each of asked) if (isWanted(timeMs)) waiting.push({ asked: each, timeMs });
      if (waiting.length > 0) timer ??= setTimeout(look, waiting.length >= GROUP ? 0 : GROUP_MS);
    },
    refresh: () => {
      const nowMs = clock.nowMs();
      if (current === undefined || !isStale || nowMs - comparedMs < COMPARE_EVERY_MS) return;
      comparedMs = nowMs;
      isStale = false;
      gauges.set(current.model.reference, window.sample());
    },
    close: async () => {
      look();
      await log?.flushed();
    },
  };
}

interface Row {
  readonly numbers: Readonly<Record<string, number>>;
  readonly tags: readonly string[];
}

function rowsOf(
  { tagger: { classes } }: ServingModel,
  vocabulary: Vocabulary | undefined,
  asked: readonly Asked[],
): readonly Row[] {
  const questions = asked.map(({ question }) => question);
  const scores = new Float64Array(asked.length * classes.length);
  asked.forEach((each, i) => {
    scores.set(each.scores, i * classes.length);
  });
  const sample: Sample = joinSamples(
    watchQuestions(questions, vocabulary),
    watchPredictions(classes, scores, givenOf(asked, classes.length)),
  );
  return asked.map(({ given }, i) => ({
    numbers: Object.fromEntries(
      Object.entries(sample.numbers).map(([name, values]) => [name, values[i]!] as const),
    ),
    tags: Array.from(given, (label) => classes[label]!),
  }));
}

function givenOf(asked: readonly Asked[], labels: number): LabelMatrix {
  const indptr = new Uint32Array(asked.length + 1);
  asked.forEach(({ given }, i) => {
    indptr[i + 1] = indptr[i]! + given.length;
  });
  const indices = Uint32Array.from(asked.flatMap(({ given }) => [...given]));
  return { rows: asked.length, labels, indptr, indices };
}

const entryOf = (
  { id, tagger: { classes } }: ServingModel,
  { given, scores, probabilities, byName }: Asked,
  numbers: Readonly<Record<string, number>>,
  timeMs: number,
): LoggedPrediction => ({
  time: new Date(timeMs).toISOString(),
  model: id,
  columns: Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Number.isNaN(value) ? null : value]),
  ),
  tags: Array.from(given, (label) => ({
    tag: classes[label]!,
    score: scores[label]!,
    probability: probabilities?.[label] ?? null,
  })),
  by_name: byName.map(({ tag, score, probability }) => ({ tag, score, probability })),
});
