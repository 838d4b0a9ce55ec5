/**
 * Which labels a question names: for each of some fields and each label a column, above 0 where the label's name stands
 * in the field.
 *
 * A name is there as a whole: `java` is not in `javascript`. Case and what stands between words do not count:
 * `asp.net-mvc` is in "ASP.NET MVC"; nor do blanks: `node.js` is in "nodejs", `visual-studio` in "VisualStudio". A version
 * belongs to the name: `python-3.x` is not in "Python 3".
 *
 * @module
 */

import { type Csr, csrFromRows } from '../sparse/index.ts';
import { type Field, type Fields, textOf } from './fields.ts';

/** Shape (questions, fields x classes), field by field; each 1 where the name is there. */
export function tagNameFinder(
  fields: readonly Field[],
  classes: readonly string[],
): (questions: readonly Fields[]) => Csr {
  const find = nameFinder(classes);
  const columns = fields.length * classes.length;
  return (questions) =>
    csrFromRows(
      questions.map((question) =>
        fields.flatMap((field, f) =>
          find(textOf(question, field)).map((label) => [f * classes.length + label, 1] as const),
        ),
      ),
      columns,
    );
}

/** The labels whose names are in a text, each once, ascending. */
function nameFinder(classes: readonly string[]): (text: string) => readonly number[] {
  const root: Node = { labels: [], next: new Map() };
  classes.forEach((name, label) => {
    const words = wordsOf(name);
    if (words.length === 0) return;
    add(root, words, label);
    if (words.length > 1) add(root, [words.join('')], label);
  });
  return (text) => {
    const words = wordsOf(text);
    const found = new Set<number>();
    for (let start = 0; start < words.length; start++) {
      let node = root.next.get(words[start]!);
      for (let end = start + 1; node !== undefined; end++) {
        for (const label of node.labels) found.add(label);
        node = end < words.length ? node.next.get(words[end]!) : undefined;
      }
    }
    return [...found].sort((a, b) => a - b);
  };
}

/** Names word by word. */
interface Node {
  /** Whose name ends here. */
  readonly labels: number[];
  readonly next: Map<string, Node>;
}

function add(root: Node, words: readonly string[], label: number): void {
  let node = root;
  for (const word of words) {
    const next = node.next.get(word) ?? { labels: [], next: new Map() };
    node.next.set(word, next);
    node = next;
  }
  if (!node.labels.includes(label)) node.labels.push(label);
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(WORD) ?? [];

/** `++` and `#` belong to a name where no word follows at once. */
const WORD = /[\p{L}\p{N}]+(?:(?:\+\+|#)(?![\p{L}\p{N}]))?/gu;
