/**
 * What the cache will not bring back of an out, in words.
 *
 * @module
 */

import type { Loss } from '../../cache/index.ts';

const MAX_NAMED = 5;

export function lossText(out: string, losses: readonly Loss[]): string {
  const parts = KINDS.flatMap(({ what, verb }) => {
    const paths = losses
      .slice(0, MAX_NAMED)
      .flatMap((loss) => (loss.what === what ? [`${out}/${loss.path}`] : []));
    return paths.length > 0 ? [`${verb(paths.length > 1)} ${paths.join(', ')}`] : [];
  });
  const more = losses.length > MAX_NAMED ? `, and ${losses.length - MAX_NAMED} more` : '';
  return `Out '${out}' will not come back whole from the cache: it loses ${parts.join(', ')}${more}`;
}

const KINDS: readonly { readonly what: Loss['what']; readonly verb: (isMany: boolean) => string }[] = [
  { what: 'executable', verb: (isMany) => (isMany ? 'the execute bits of' : 'the execute bit of') },
  { what: 'link', verb: (isMany) => (isMany ? 'the links' : 'the link') },
  { what: 'empty-directory', verb: (isMany) => (isMany ? 'the empty directories' : 'the empty directory') },
];
