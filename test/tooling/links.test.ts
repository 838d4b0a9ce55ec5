import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, table } from '../support/suite.ts';

const pages = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '');

suite('every relative link of a page leads somewhere', (test) => {
  table(
    test,
    pages.map((path) => ({ name: path })),
    ({ name }) => {
      const text = readFileSync(name, 'utf8').replaceAll(/```[^]*?```/g, '');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => target!);
      const dead = links.filter((target) => !existsSync(join(dirname(name), target)));
      if (dead.length > 0) throw new Error(`Dead links: ${dead.join(', ')}`);
    },
  );
});
