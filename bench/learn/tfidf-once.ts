/**
 * `node tfidf-once.js DIRECTORY LARGEST`: fits TF-IDF of n-grams up to so many words once, prints what it cost and writes
 * what it made, as tfidf_once.py does.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitTfidf } from '../../stages/learn/text/index.ts';

/** What one fit cost. */
export interface TfidfReport {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
}

const [directory, largest] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(join(directory!, 'texts.json'), 'utf8')) as readonly string[];

const cpu = process.cpuUsage();
const started = performance.now();
const { model, matrix } = fitTfidf(
  {
    analyzer: { kind: 'word' },
    lowercase: true,
    stripAccents: undefined,
    stopWords: new Set(),
    stemmer: undefined,
    ngramRange: [1, Number(largest)],
    minDf: { kind: 'count', documents: 1 },
    maxDf: { kind: 'share', share: 1 },
    maxFeatures: undefined,
    binary: false,
    sublinearTf: false,
    useIdf: true,
    smoothIdf: true,
    norm: 'l2',
  },
  texts,
);
const wallMs = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const peakBytes = process.resourceUsage().maxRSS * 1024;
const report: TfidfReport = { cpuMs: (user + system) / 1000, wallMs, peakBytes };
console.log(JSON.stringify(report));

writeFileSync(join(directory!, 'ours.terms'), model.terms.join('\n'));
writeFileSync(join(directory!, 'ours.indptr'), matrix.indptr);
writeFileSync(join(directory!, 'ours.indices'), matrix.indices);
writeFileSync(join(directory!, 'ours.values'), matrix.values);
