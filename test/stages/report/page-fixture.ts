/**
 * What a report page shows, made up: of any size, and hostile where a text comes from the data.
 *
 * @module
 */

import { createRandom } from '../../../stages/learn/random/index.ts';
import type { Scores, TagCounts } from '../../../stages/learn/tagger/index.ts';
import type { PageContent } from '../../../stages/report/page/page.ts';
import { summarize, type WatchedMonth } from '../../../stages/report/summary.ts';

export const HOSTILE = `</script><img src=x onerror=alert(1)>"'&`;

const NAMES = ['javascript', 'python', 'c++', 'asp.net-mvc', HOSTILE] as const;

export interface Size {
  readonly tags: number;
  readonly months: number;
  readonly candidates: number;
}

const monthName = (i: number): string =>
  `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;

export function scoresOf(f1: number, questions: number, more: Partial<Scores> = {}): Scores {
  const size = 5 * questions;
  const tp = Math.round((f1 * size) / 2);
  return {
    questions,
    f1_micro: f1,
    f1_micro_se: 0.015,
    f1_micro_low: f1 - 0.0294,
    f1_micro_high: f1 + 0.0294,
    f1_micro_bootstrap_low: f1 - 0.03,
    f1_micro_bootstrap_high: f1 + 0.03,
    f1_micro_all_tags: f1 - 0.05,
    precision_micro: f1 + 0.1,
    recall_micro: f1 - 0.08,
    f1_macro: f1 - 0.15,
    hamming_loss: 0.01,
    subset_accuracy: 0.25,
    lrap: 0.75,
    precision_at_1: 0.875,
    precision_at_3: 0.5,
    precision_at_5: 0.375,
    recall_at_5: 0.8125,
    questions_with_known_tags: questions,
    true_positives: tp,
    false_positives: Math.round((size - 2 * tp) / 3),
    false_negatives: size - 2 * tp - Math.round((size - 2 * tp) / 3),
    unknown_tags: 40,
    named_true_positives: 0,
    named_false_positives: 0,
    ...more,
  };
}

export function pageContent({ tags, months, candidates }: Size, notice: string | null = null): PageContent {
  const random = createRandom('report page');
  const names = Array.from({ length: tags }, (_, i) => NAMES[i] ?? `tag-${i}`);
  const watched = Array.from({ length: months }, (_, i): WatchedMonth => {
    const counts = names.map((tag, k): TagCounts => {
      const support = Math.max(1, Math.round(120 / (1 + k / 3)));
      const skill = Math.max(0.05, 0.95 - 0.05 * (k % 13) - (k % 5 === 1 ? 0.06 * i : 0) - 0.1 * random());
      const hits = Math.round(support * skill);
      return {
        tag,
        known: k % 17 !== 16,
        true_positives: k % 17 === 16 ? 0 : hits,
        false_positives: k % 17 === 16 ? 0 : Math.round((support - hits) * 0.6),
        false_negatives: k % 17 === 16 ? support : support - hits,
      };
    });
    return {
      month: monthName(12 + i),
      scores: scoresOf(0.66 - 0.008 * i + 0.02 * random(), 220),
      tags: counts,
    };
  });
  const rates = Array.from({ length: candidates }, () => ({
    C: 10 ** (random() * 4 - 2),
    score: 0.5 + 0.15 * random(),
  }));
  return {
    summary: summarize(watched, 20, 0.05),
    reference: scoresOf(0.65, 640),
    notice,
    planted: new Map([
      [monthName(14), `the tag ${HOSTILE} appears`],
      [monthName(17), 'the vocabulary of python changes'],
    ]),
    trainedOn: { from: '2020-01', to: '2020-12' },
    minSupport: 20,
    falseDiscoveryRate: 0.05,
    thresholds: {
      thresholds: Array.from({ length: 61 }, (_, i) => {
        const threshold = -1.5 + i / 20;
        const recall = 1 / (1 + Math.exp(2.2 * threshold + 0.4));
        const precision = i === 60 ? null : 0.15 + 0.85 / (1 + Math.exp(-2.4 * threshold - 1.8));
        return {
          threshold,
          precision,
          recall,
          f1: precision === null ? 0 : (2 * precision * recall) / (precision + recall),
        };
      }),
      chosen: { precision: 0.68, recall: 0.62, f1: 0.65, thresholds: [-0.62, -0.4, -0.21, -0.1] },
    },
    candidates: {
      header: [
        'candidate',
        'params.C',
        'params.max_iter',
        'params.class_weight',
        'threshold',
        'f1_micro_fold_0',
        'f1_micro_mean',
        'f1_micro_std',
        'f1_micro_rank',
        'hamming_loss_mean',
        'unconverged',
        'rank',
      ],
      rows: rates.map(({ C, score }, i) => {
        const rank =
          1 + rates.filter((other, k) => other.score > score || (other.score === score && k < i)).length;
        const kind = ['balanced', 'squared_hinge', ''][i % 3]!;
        const mean = String(score);
        return [
          String(i),
          String(C),
          String(1 + (i % 5)),
          kind,
          '-0.4',
          mean,
          mean,
          '0.01',
          String(rank),
          String(0.02 - score / 100),
          '0',
          String(rank),
        ];
      }),
    },
    data: Array.from({ length: 12 + months }, (_, i) => ({
      month: monthName(i),
      isWatched: i >= 12,
      collected: 220 + ((i * 7) % 30),
      refused: i % 6 === 0 ? 9 : 0,
      clean: 215 + ((i * 7) % 30),
    })),
    madeFrom: {
      program: 'dvc-like 0.1.0',
      files: [{ path: 'data/truth.json', md5: 'c6deeb485e618c1835a15a53a0c21a3b' }],
      model: { 'labels.json': 'b0911df3a09fed7b405cd4e27779bdf812d51c78eeb9c3f013a240f57971a304' },
      params: [
        ['train.C', 1],
        ['featurize.fields', ['title', HOSTILE]],
      ],
    },
  };
}
