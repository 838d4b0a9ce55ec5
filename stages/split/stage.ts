/**
 * `split`: an input of many months, read once.
 *
 * In: `collect.input`. Out: `data/source/MONTH.jsonl` for each month, in the order of the input, and `counts.json`. So
 * a month depends on its own questions only, and another month more costs one reading. For `api` a month's file says
 * what to ask, for `synthetic` it is empty.
 *
 * @module
 */

import { join } from 'node:path';
import { type ParamsOf, type StageContext } from 'dvc-like/stage';
import { MONTH_PATTERN, monthsFrom, SOURCES, type Source, writeApiRequest, writeJson } from '../io/index.ts';
import { readDump } from './dump/read-dump.ts';
import { judge, tell } from './judge.ts';
import { openMonthFiles } from './month-files.ts';
import { readJsonl } from './read-jsonl.ts';
import type { Reader } from './row.ts';
import { readSede } from './sede/read-sede.ts';
import { sortOut } from './sort-out.ts';

const month = (description: string) => ({ type: 'string', pattern: MONTH_PATTERN, description }) as const;

const site = (description: string) =>
  ({
    type: 'object',
    additionalProperties: false,
    required: ['site'],
    properties: { site: { type: ['string', 'null'], pattern: '^[a-z0-9.-]+$', description } },
  }) as const;

export const params = {
  type: 'object',
  additionalProperties: false,
  required: ['collect', 'months'],
  properties: {
    collect: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'max_bad_share', 'api', 'dump', 'sede'],
      properties: {
        source: { enum: SOURCES, description: 'Where questions come from' },
        max_bad_share: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          description: 'The stage fails when a larger share of the rows of the input cannot be used',
        },
        api: {
          type: 'object',
          additionalProperties: false,
          required: ['site', 'base_url', 'tagged', 'allow_open_month'],
          properties: {
            site: {
              type: 'string',
              pattern: '^[a-z0-9.-]+$',
              description: 'As the API names it: stackoverflow, devops, meta.devops',
            },
            base_url: {
              type: 'string',
              pattern: '^https?://[^?#]+$',
              description: 'Of a Stack Exchange API, with its version',
            },
            tagged: {
              type: 'array',
              items: { type: 'string', pattern: '^[^;]+$' },
              maxItems: 5,
              description: 'Only questions with all of these tags',
            },
            allow_open_month: {
              type: 'boolean',
              description: 'The last month may be one that is not over: it is collected as far as it goes',
            },
          },
        },
        dump: site(
          'The site of the dump, such as devops.stackexchange.com: it makes the links of its questions',
        ),
        sede: site('The site of the Data Explorer rows, for those whose id is no link'),
      },
    },
    months: {
      type: 'object',
      additionalProperties: false,
      required: ['train', 'watch'],
      properties: {
        train: {
          type: 'object',
          additionalProperties: false,
          required: ['from'],
          properties: { from: month('The first month that the tagger learns from') },
        },
        watch: {
          type: 'object',
          additionalProperties: false,
          required: ['to'],
          properties: { to: month('The last month in which the tagger is scored') },
        },
      },
    },
  },
} as const;

type Context = StageContext<ParamsOf<typeof params>>;

interface Kind {
  readonly read: Reader;
  /** What the input has to be. */
  readonly hint: string;
}

const KINDS: Readonly<Record<Exclude<Source, 'synthetic' | 'api'>, Kind>> = {
  sede: { read: readSede, hint: 'collect.input must be a CSV file of the Data Explorer' },
  dump: { read: readDump, hint: 'collect.input must be the Posts.xml of a dump' },
  jsonl: {
    read: readJsonl,
    hint: 'collect.input must be JSON Lines with id, title, body, tags and creationDate',
  },
};

export default async function run(context: Context): Promise<void> {
  const { collect, months } = context.params;
  const { source } = collect;
  const directory = context.outs[0]!;
  const wanted = monthsFrom(months.train.from, months.watch.to);
  const files = openMonthFiles(directory, wanted);
  if (source === 'synthetic' || source === 'api') {
    if (source === 'api') writeRequests(directory, wanted, collect.api);
    writeJson(join(directory, 'counts.json'), { source });
    context.log(`Nothing to split: ${source} is collected month by month`);
    return;
  }
  const { read, hint } = KINDS[source];
  const { take, counts } = sortOut(files, wanted);
  const input = context.deps[0]!;
  await read({
    input,
    site: source === 'jsonl' ? null : collect[source].site,
    take,
    log: context.log,
  });
  files.finish();
  const found = counts();
  tell(found, context.log);
  judge(found, { input, hint, maxBadShare: collect.max_bad_share });
  writeJson(join(directory, 'counts.json'), { source, ...found });
}

/** Only the last month may be open: where another is added, the one before is asked again, closed by then. */
function writeRequests(
  directory: string,
  months: readonly string[],
  api: Context['params']['collect']['api'],
): void {
  for (const month of months) {
    writeApiRequest(join(directory, `${month}.jsonl`), {
      site: api.site,
      baseUrl: api.base_url.replace(/\/+$/, ''),
      tagged: api.tagged,
      allowsOpenMonth: api.allow_open_month && month === months.at(-1),
    });
  }
}
