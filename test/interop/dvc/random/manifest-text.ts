/**
 * The text of a random repository's manifests and params files.
 *
 * @module
 */

import type { Files } from '../../../support/project.ts';
import {
  type Group,
  type RandomOut,
  type RandomParams,
  type RandomProject,
  type RandomStage,
  seenFrom,
  workingDirectory,
} from './model.ts';

/** Each `dvc.yaml` that has stages. */
export function manifestFiles(project: RandomProject): Files {
  const files: Record<string, string> = {};
  for (const directory of ['', 'sub'] as const) {
    const stages = project.stages.filter((stage) => stage.directory === directory);
    if (stages.length === 0) continue;
    const vars = `vars:\n- v: {n: ${project.variable}}\n- items: [${project.items.join(', ')}]\n`;
    files[directory === '' ? 'dvc.yaml' : 'sub/dvc.yaml'] =
      `${vars}stages:\n${stages.map(stageText).join('')}`;
  }
  return files;
}

export const paramsFile = ({ params: [p0, p1, p2] }: RandomProject): Files => ({
  'params.yaml': `p0: ${p0}\np1: ${p1}\nn: {p2: ${p2}, q: x}\n`,
});

const ITEM: Readonly<Record<Group, string>> = {
  none: '',
  list: '${item}',
  mapping: '${key}',
  indexed: '${item.n}',
  variable: '${item}',
  matrix: '${item.i}',
  'two axes': '${item.i}${item.j}',
};

function stageText(stage: RandomStage): string {
  const lines = bodyOf(stage);
  const body = (indent: string): string => lines.map((line) => `${indent}${line}\n`).join('');
  const loop = (foreach: string): string =>
    `  ${stage.name}:\n    foreach: ${foreach}\n    do:\n${body('      ')}`;
  switch (stage.group) {
    case 'none':
      return `  ${stage.name}:\n${body('    ')}`;
    case 'list':
      return loop('[u, v]');
    case 'mapping':
      return loop('{u: {n: 1}, v: {n: 2}}');
    case 'indexed':
      return loop('[{n: u}, {n: v}]');
    case 'variable':
      return loop('${items}');
    case 'matrix':
      return `  ${stage.name}:\n    matrix: {i: [u, v]}\n${body('    ')}`;
    case 'two axes':
      return `  ${stage.name}:\n    matrix: {i: [u, v], j: [1]}\n${body('    ')}`;
  }
}

function bodyOf(stage: RandomStage): readonly string[] {
  const from = workingDirectory(stage);
  const outsOf = (kind: RandomOut['kind']): readonly string[] => {
    const outs = stage.outs.filter((out) => out.kind === kind);
    return outs.length === 0 ? [] : [`${kind}:`, ...outs.map((out) => outText(stage, out))];
  };
  return [
    `cmd: ${commandText(stage)}`,
    ...(stage.wdir === '' ? [] : [`wdir: ${stage.wdir}`]),
    ...(stage.deps.length === 0 ? [] : ['deps:', ...stage.deps.map((dep) => `- ${seenFrom(from, dep)}`)]),
    ...(stage.params.length === 0
      ? []
      : ['params:', ...stage.params.map((params) => paramsText(params, from))]),
    ...outsOf('outs'),
    ...outsOf('metrics'),
    ...outsOf('plots'),
    ...(stage.isAlwaysChanged ? ['always_changed: true'] : []),
    ...(stage.isFrozen ? ['frozen: true'] : []),
    ...(stage.note === '' ? [] : [stage.note]),
  ];
}

function outText(stage: RandomStage, { path, flags }: RandomOut): string {
  const name = seenFrom(workingDirectory(stage), path).replace('ITEM', ITEM[stage.group]);
  return `- ${name}${flags.length === 0 ? '' : `: {${flags.join(', ')}}`}`;
}

function paramsText({ file, keys }: RandomParams, from: string): string {
  const name = seenFrom(from, file);
  return name === 'params.yaml' && keys.length > 0
    ? `- ${keys[0]!}`
    : `- ${name}:${keys.length > 0 ? ` [${keys.join(', ')}]` : ''}`;
}

function commandText(stage: RandomStage): string {
  const from = workingDirectory(stage);
  const item = ITEM[stage.group];
  const read =
    stage.deps.map((dep) => `find ${seenFrom(from, dep)} -type f | sort | xargs cat`).join('; ') || 'true';
  const said = `${stage.version}${stage.isTemplated ? ' ${v.n}' : ''}`;
  const make = stage.outs.map((out) => {
    const path = seenFrom(from, out.path).replace('ITEM', item);
    const above = path.includes('/') ? `mkdir -p ${path.slice(0, path.lastIndexOf('/'))}; ` : '';
    if (out.isDirectory)
      return `mkdir -p ${path}/sub; { ${read}; } > ${path}/x; echo ${said} > ${path}/sub/y`;
    if (out.kind !== 'outs')
      return `${above}echo "{\\"n\\": $( { ${read}; } | wc -c), \\"v\\": \\"${said}\\"}" > ${path}`;
    return `${above}{ ${read}; echo ${said}; } ${out.flags.includes('persist: true') ? '>>' : '>'} ${path}`;
  });
  const commands = [
    `echo ${stage.name}${item} >> $RAN`,
    ...(stage.fault === 'first' ? ['exit 3'] : []),
    ...(stage.fault === 'no out' ? [] : make.map((each) => `set -e; ${each}`)),
    ...(stage.fault === 'last' ? ['exit 3'] : []),
  ];
  switch (stage.form) {
    case 'line':
      return JSON.stringify(commands.join('; '));
    case 'lines':
      return JSON.stringify(commands.join('\n'));
    case 'list':
      return `[${commands.map((each) => JSON.stringify(each)).join(', ')}]`;
  }
}
