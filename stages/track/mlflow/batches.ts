/**
 * `runs/log-batch` takes so many values at once, and so many bytes: what there is of a run, cut into such requests.
 *
 * @module
 */

import type { Metric } from '../run-record.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface LoggedMetric {
  readonly key: string;
  readonly value: Metric['value'];
  readonly timestamp: number;
  readonly step: number;
}

export interface Batch {
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly metrics: readonly LoggedMetric[];
}

/** Of one request. Values that are longer are cut by the server, or refused. */
const LIMIT = { metrics: 1000, params: 100, tags: 100, all: 1000, bytes: 900_000, param: 6000, tag: 8000 };

const CUT = '…';

export function batchesOf({ params, tags, metrics }: Batch): readonly Batch[] {
  const batches: Batch[] = [];
  let batch = { params: [] as KeyValue[], tags: [] as KeyValue[], metrics: [] as LoggedMetric[] };
  let count = 0;
  let bytes = 0;
  const add = (kind: keyof Batch, value: object): void => {
    const size = Buffer.byteLength(JSON.stringify(value)) + 1;
    const isFull = batch[kind].length >= LIMIT[kind] || count >= LIMIT.all || bytes + size > LIMIT.bytes;
    if (isFull) {
      batches.push(batch);
      batch = { params: [], tags: [], metrics: [] };
      count = 0;
      bytes = 0;
    }
    (batch[kind] as object[]).push(value);
    count++;
    bytes += size;
  };
  for (const { key, value } of params) add('params', { key, value: cut(value, LIMIT.param) });
  for (const { key, value } of tags) add('tags', { key, value: cut(value, LIMIT.tag) });
  for (const metric of metrics) add('metrics', metric);
  if (count > 0) batches.push(batch);
  return batches;
}

/** @param length In UTF-16 units, as the server counts code points it is on the safe side. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length - CUT.length) + CUT;
