/**
 * Real questions as matrices, in files that we and scikit-learn read: words of title and text without code, by TF-IDF, and
 * the tags of at least some training questions. Trained on the first four fifths by date, scored on the rest.
 *
 * @module
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binarizeLabels, countTags, type LabelMatrix } from '../../stages/learn/labels/index.ts';
import type { Csr } from '../../stages/learn/sparse/index.ts';
import { fitTfidf, type TfidfParams, transformTfidf } from '../../stages/learn/text/index.ts';
import { readTexts, type TextSource } from './texts.ts';

export interface ProblemSource extends TextSource {
  /** The fewest training questions of a tag. */
  readonly support: number;
}

const TFIDF: TfidfParams = {
  analyzer: { kind: 'word' },
  lowercase: true,
  stripAccents: undefined,
  stopWords: new Set(),
  stemmer: undefined,
  ngramRange: [1, 1],
  minDf: { kind: 'count', documents: 2 },
  maxDf: { kind: 'share', share: 1 },
  maxFeatures: 20_000,
  binary: false,
  sublinearTf: true,
  useIdf: true,
  smoothIdf: true,
  norm: 'l2',
};

/** Writes the problem to a directory. @returns What it is, for a heading. */
export function writeProblem(directory: string, { file, questions, support }: ProblemSource): string {
  const rows = readTexts({ file, questions });
  const cut = Math.floor(rows.length * 0.8);
  const texts = rows.map(({ text }) => text);
  const { model, matrix } = fitTfidf(TFIDF, texts.slice(0, cut));
  const tags = rows.map((row) => row.tags);
  const labels = countTags(tags.slice(0, cut))
    .filter((tag) => tag.support >= support)
    .map(({ tag }) => tag);
  mkdirSync(directory, { recursive: true });
  writeMatrices(join(directory, 'train'), matrix, binarizeLabels(labels, tags.slice(0, cut)).matrix);
  writeMatrices(
    join(directory, 'held'),
    transformTfidf(model, texts.slice(cut)),
    binarizeLabels(labels, tags.slice(cut)).matrix,
  );
  return `${cut} questions, ${matrix.columns} features, ${labels.length} tags`;
}

function writeMatrices(path: string, X: Csr, Y: LabelMatrix): void {
  const arrays = {
    indptr: X.indptr,
    indices: X.indices,
    values: X.values,
    yIndptr: Y.indptr,
    yIndices: Y.indices,
  };
  for (const [name, array] of Object.entries(arrays)) writeFileSync(`${path}.${name}`, array);
  writeFileSync(`${path}.json`, JSON.stringify({ rows: X.rows, columns: X.columns, labels: Y.labels }));
}

export function readMatrices(path: string): { readonly X: Csr; readonly Y: LabelMatrix } {
  const shape = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as {
    readonly rows: number;
    readonly columns: number;
    readonly labels: number;
  };
  const bytes = (name: string): ArrayBuffer => new Uint8Array(readFileSync(`${path}.${name}`)).buffer;
  const u32 = (name: string): Uint32Array => new Uint32Array(bytes(name));
  return {
    X: {
      ...shape,
      indptr: u32('indptr'),
      indices: u32('indices'),
      values: new Float64Array(bytes('values')),
    },
    Y: { ...shape, indptr: u32('yIndptr'), indices: u32('yIndices') },
  };
}
