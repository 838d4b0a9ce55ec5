/**
 * Pipelines for scenarios: stages that say that they ran, and make their outs of their deps.
 *
 * @module
 */

interface Stage {
  readonly deps?: readonly string[];
  readonly outs?: readonly string[];
  /** Further lines of YAML, without indentation: `frozen: true`. */
  readonly more?: string;
  /** Instead of `cat DEPS > OUT` for each out. */
  readonly cmd?: string;
}

/** The text of a `dvc.yaml`. Each command begins with `echo NAME >> $RAN`. */
export function pipeline(stages: Readonly<Record<string, Stage>>, top = ''): string {
  return `stages:\n${Object.entries(stages)
    .map(([name, stage]) => stageText(name, stage))
    .join('')}${top}`;
}

function stageText(name: string, { deps = [], outs = [], more = '', cmd }: Stage): string {
  const body = cmd ?? outs.map((out) => `cat ${deps.join(' ') || '/dev/null'} > ${out}`).join('; ');
  const list = (key: string, paths: readonly string[]): string =>
    paths.length === 0 ? '' : `    ${key}:\n${paths.map((path) => `    - ${path}\n`).join('')}`;
  const lines = more === '' ? '' : `${more.trimEnd().replace(/^/gm, '    ')}\n`;
  const command = body === '' ? `echo ${name} >> $RAN` : `echo ${name} >> $RAN; ${body}`;
  return `  ${name}:\n    cmd: ${JSON.stringify(command)}\n${list('deps', deps)}${list('outs', outs)}${lines}`;
}

/** a -> b -> c, from the file `in`. */
export const CHAIN = {
  'dvc.yaml': pipeline({
    a: { deps: ['in'], outs: ['a.txt'] },
    b: { deps: ['a.txt'], outs: ['b.txt'] },
    c: { deps: ['b.txt'], outs: ['c.txt'] },
  }),
  in: 'one\n',
};
