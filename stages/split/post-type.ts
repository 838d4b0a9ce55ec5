/**
 * What a post is, by its `PostTypeId`.
 *
 * @see https://meta.stackexchange.com/questions/2677, "Database schema documentation"
 * @module
 */

const QUESTION = '1';

const OTHERS: Readonly<Record<string, string>> = {
  2: 'answers',
  3: 'wikis',
  4: 'tag excerpts',
  5: 'tag wikis',
  6: 'moderator nominations',
  7: 'wiki placeholders',
  8: 'privilege wikis',
};

/** The plural of what a post is that is no question; `undefined` for questions and for what is no type. */
export const otherPost = (type: string): string | undefined =>
  type === QUESTION || !/^\d+$/.test(type) ? undefined : (OTHERS[type] ?? 'other posts');

export const isQuestion = (type: string | undefined): boolean => type === QUESTION;
