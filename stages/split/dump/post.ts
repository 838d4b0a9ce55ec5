/**
 * A post of a dump: a question, or what else it is.
 *
 * @module
 */

import { isQuestion, otherPost } from '../post-type.ts';
import type { Row } from '../row.ts';
import { readTagText } from '../tags.ts';
import { plainTitle, readFields } from '../usable.ts';
import type { Attributes } from './row-tag.ts';

/**
 * @param site Such as `devops.stackexchange.com`, where it is known.
 * @param line Of the dump, where the row begins; counts from 1.
 */
export function readPost(get: Attributes, site: string | null, line: number): Row {
  const type = get('PostTypeId');
  const other = otherPost(type ?? '');
  if (other !== undefined) return { kind: 'skipped', what: other };
  const id = get('Id');
  if (!isQuestion(type)) {
    const why = type === undefined ? '"PostTypeId" is missing' : '"PostTypeId" is not a number';
    return { kind: 'refused', line, id: id ?? null, why, creationDate: undefined };
  }
  const title = get('Title');
  return readFields(
    {
      id: id !== undefined && /^\d+$/.test(id) ? Number(id) : id,
      title: title === undefined ? undefined : plainTitle(title),
      body: get('Body'),
      tags: readTagText(get('Tags') ?? ''),
      creationDate: get('CreationDate'),
      license: get('ContentLicense'),
      ...(site === null ? {} : { site, link: `https://${site}/q/${id ?? ''}` }),
    },
    line,
  );
}
