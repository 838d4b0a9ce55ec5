/**
 * `Posts.xml`, the posts of a site as Stack Exchange publishes them.
 *
 * The XML parser reads everything but rows that look as in every dump: those are read at several times its speed, and
 * it never sees them. What it sees is the rest of the document in order, so it finds whatever is wrong with it.
 *
 * @module
 */

import { isUtf8 } from 'node:buffer';
import { streamBytes } from '../../io/index.ts';
import type { Reading } from '../row.ts';
import { readPost } from './post.ts';
import { readRowTag } from './row-tag.ts';
import { cutTags } from './tag-stream.ts';
import { openDocument } from './xml-document.ts';

export async function readDump({ input, site, take }: Reading): Promise<void> {
  const document = openDocument(input, (attributes, line, fault) => {
    const row = readPost((name) => attributes[name], site, line);
    if (fault === undefined || row.kind === 'skipped') {
      take(row);
      return;
    }
    take({ kind: 'refused', line, id: attributes['Id'] ?? null, why: fault, creationDate: undefined });
  });
  await cutTags(streamBytes(input), (piece) => {
    const isValid = isUtf8(piece);
    const tag = isValid && document.canSkip() ? readRowTag(piece) : undefined;
    if (tag === undefined) {
      document.write(piece.toString(), isValid);
      return;
    }
    take(readPost(tag.attributes, site, document.line()));
    document.skip(piece, tag.end);
  });
  document.end();
}
