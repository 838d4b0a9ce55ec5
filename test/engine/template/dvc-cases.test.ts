import { existsSync, readFileSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { suite, table } from '../../support/suite.ts';
import { resolve } from './resolve.ts';

/** Manifests with what real DVC made of them. */
const PATH = resolvePath('../shared/dvc/templating.txt');

/** Where we differ, and what we do instead. */
const DIFFERENT: Readonly<Record<string, unknown>> = {
  // DVC keeps a mapping that no shell could run.
  'T19 exact dict cmd': { s: { cmd: '--a 1' } },
  // DVC has dates, and refuses them.
  'T80 octal/date': { s: { cmd: 'echo 10 8 2020-01-01 1000 12:30:45' } },
};

interface DvcCase {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** Stage to its `cmd` and `wdir`, in order; `error` where DVC reports one. */
  readonly expected: unknown;
}

function parseDvcCases(text: string): readonly DvcCase[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const [name, ...lines] = block.split('\n');
      const end = lines.findIndex((line) => line.startsWith('=>'));
      const files = new Map<string, string>();
      const manifest: string[] = [];
      for (const line of lines.slice(0, end)) {
        const file = /^ {2}\[(\S+\.\w+)\] (.*)$/.exec(line);
        if (file !== null) files.set(file[1]!, file[2]!.replaceAll('\\n', '\n'));
        else if (!line.startsWith('WARNING')) manifest.push(line);
      }
      files.set('dvc.yaml', `${manifest.join('\n')}\n`);
      const result = lines[end]!.slice(3);
      const expected: unknown = result.startsWith('ERR ') ? 'error' : JSON.parse(result);
      return { name: name!, files, expected: name! in DIFFERENT ? DIFFERENT[name!] : expected };
    });
}

const isThere = existsSync(PATH);

suite('resolveStages() makes of a dvc.yaml what real DVC makes of it', {
  skip: isThere ? undefined : `there is no ${PATH}`,
}, (test) => {
  const cases = parseDvcCases(readFileSync(PATH, 'utf8'));
  table(test, cases, ({ files, expected }) => {
    const resolved = resolve(files);
    if (expected === 'error') {
      assert.not(resolved.ok);
      return;
    }
    assert.ok(resolved.ok, resolved.ok ? '' : renderDiagnostics(resolved.error));
    const stages = resolved.value.stages.map((stage) => {
      assert.ok(stage.action.kind === 'command');
      const cmd = { cmd: stage.action.cmd };
      return [stage.name, stage.wdir === '.' ? cmd : { wdir: stage.wdir, ...cmd }] as const;
    });
    assert.is(JSON.stringify(Object.fromEntries(stages)), JSON.stringify(expected ?? {}));
  });

  test('and there are many', () => assert.ok(cases.length > 60));
});
