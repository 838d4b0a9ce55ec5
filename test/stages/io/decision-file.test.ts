import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readDecision, writeDecision } from '../../../stages/io/decision-file.ts';
import type { Decision } from '../../../stages/learn/decision/index.ts';
import { suite, table } from '../../support/suite.ts';
import { DECISION } from '../tagging.ts';

const LIMITS = { at_least_one: true, max_tags: 4 };

/** Writes a decision, lets `change` edit the file, and reads it. */
function rewritten(decision: Decision, change = (text: string): string => text): Decision {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-decision-'));
  const path = join(directory, 'decision.json');
  try {
    writeDecision(path, { settings: DECISION, decision, out_of_fold: null });
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return readDecision(path, 3);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('readDecision() gives back what writeDecision() took', (test) => {
  table<{ name: string; decision: Decision }>(
    test,
    [
      { name: 'a threshold', decision: { kind: 'fixed', threshold: -0.1, ...LIMITS } },
      { name: 'a learned one', decision: { kind: 'global', threshold: 1 / 3, ...LIMITS } },
      { name: 'one for each tag', decision: { kind: 'per_tag', thresholds: [1, 0.1, -1e-9], ...LIMITS } },
      { name: 'one for each rank', decision: { kind: 'per_rank', thresholds: [0.5], ...LIMITS } },
      { name: 'a number of tags', decision: { kind: 'top_k', k: 2, at_least_one: false, max_tags: null } },
    ],
    ({ decision }) => {
      assert.equal(rewritten(decision), decision);
    },
  );
});

suite('readDecision() refuses', (test) => {
  const perTag: Decision = { kind: 'per_tag', thresholds: [1, 2, 3], ...LIMITS };
  table(
    test,
    [
      { name: 'a threshold that is no number', from: /1,/, to: 'null,' },
      { name: 'a threshold that is text', from: /1,/, to: '"1",' },
      { name: 'thresholds of other tags', from: /1,\s*2,/, to: '2,' },
      { name: 'a kind that it does not know', from: /"kind": "per_tag"/, to: '"kind": "per_moon"' },
      { name: 'a limit of no tags', from: /"max_tags": 4/, to: '"max_tags": 0' },
      { name: 'a limit that is missing', from: /"at_least_one": true,/, to: '' },
    ],
    ({ from, to }) => {
      assert.throws(
        () =>
          rewritten(perTag, (text) => {
            const start = text.indexOf('"decision"');
            const edited = text.slice(start).replace(from, to);
            assert.is.not(edited, text.slice(start));
            return text.slice(0, start) + edited;
          }),
        /it is not a decision on 3 tags/,
      );
    },
  );
});
