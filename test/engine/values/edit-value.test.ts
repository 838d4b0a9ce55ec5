import { suite, table } from '../../support/suite.ts';
import { claim } from './editing.ts';

suite('setValue() replaces a scalar and nothing else', (test) => {
  table(
    test,
    [
      {
        name: 'with a comment behind it',
        text: 'a: 1 # one\nb: 2\n',
        key: 'a',
        value: '2',
        after: 'a: 2 # one\nb: 2\n',
      },
      { name: 'as it was written', text: 'a: 0.001\n', key: 'a', value: '1e-4', after: 'a: 1e-4\n' },
      { name: 'without a last line break', text: 'a: 1', key: 'a', value: 'x', after: 'a: x' },
      { name: 'with CRLF', text: 'a: 1\r\nb: 2\r\n', key: 'a', value: 'x', after: 'a: x\r\nb: 2\r\n' },
      { name: 'behind a byte order mark', text: '\ufeffa: 1\n', key: 'a', value: '2', after: '\ufeffa: 2\n' },
      { name: 'in single quotes', text: "a: 'x' # c\n", key: 'a', value: "it's", after: "a: 'it''s' # c\n" },
      { name: 'in double quotes', text: 'a: "x"\n', key: 'a', value: 'y', after: 'a: "y"\n' },
      { name: 'in quotes, with a number', text: 'a: "1"\n', key: 'a', value: '2', after: 'a: 2\n' },
      { name: 'with what must be quoted', text: 'a: 1\n', key: 'a', value: '"2"', after: 'a: "2"\n' },
      { name: 'that is empty', text: 'a:\nb: 1\n', key: 'a', value: '2', after: 'a: 2\nb: 1\n' },
      {
        name: 'that is empty, before a comment',
        text: 'a: # c\nb: 1\n',
        key: 'a',
        value: '2',
        after: 'a: 2 # c\nb: 1\n',
      },
      { name: 'with emptiness', text: 'a: 1\n', key: 'a', value: '', after: 'a: null\n' },
      { name: 'with a tag', text: 'a: !!float 1\n', key: 'a', value: 'x', after: 'a: x\n' },
      { name: 'on the next line', text: 'a:\n  1\nb: 2\n', key: 'a', value: 'x', after: 'a:\n  x\nb: 2\n' },
      {
        name: 'that is a literal block',
        text: 'a: |\n  x\n  y\n\n# c\nb: 2\n',
        key: 'a',
        value: 'z',
        after: 'a: z\n\n# c\nb: 2\n',
      },
      {
        name: 'in a list',
        text: 'a:\n- 1 # one\n- 2\n',
        key: 'a.1',
        value: '3',
        after: 'a:\n- 1 # one\n- 3\n',
      },
      {
        name: 'that is an empty item',
        text: 'a:\n-\n- 2\n',
        key: 'a.0',
        value: '3',
        after: 'a:\n- 3\n- 2\n',
      },
      {
        name: 'in a mapping in a list',
        text: 'a:\n- b: 1\n  c: 2\n',
        key: 'a.0.b',
        value: '3',
        after: 'a:\n- b: 3\n  c: 2\n',
      },
      {
        name: 'in a flow mapping',
        text: 'a: {b: 1, c: [x, y]}  # c\n',
        key: 'a.c.1',
        value: 'q r',
        after: 'a: {b: 1, c: [x, q r]}  # c\n',
      },
      {
        name: 'in a flow mapping, quoted where it has to be',
        text: 'a: {b: 1}\n',
        key: 'a.b',
        value: 'x, y',
        after: 'a: {b: "x, y"}\n',
      },
      {
        name: 'in a flow mapping, without a colon',
        text: 'a: {b, c: 1}\n',
        key: 'a.b',
        value: '2',
        after: 'a: {b: 2, c: 1}\n',
      },
      { name: 'with a numeric key', text: '1: x\n', key: '1', value: 'y', after: '1: y\n' },
      { name: 'with a quoted key', text: '"a b" : x\n', key: 'a b', value: 'y', after: '"a b" : y\n' },
      { name: 'equal to the old one', text: "a: '1'\n", key: 'a', value: '"1"', after: "a: '1'\n" },
      { name: 'of another type', text: 'a: 1\n', key: 'a', value: '1.0', after: 'a: 1.0\n' },
    ],
    claim,
  );
});

suite('setValue() replaces lists and mappings, and puts them in the place of others', (test) => {
  const BLOCK = 'a: # head\n  # before\n  b: 1 # one\n  c:\n  - x\n  # behind\nd: 2\n';
  table(
    test,
    [
      {
        name: 'a block mapping by a scalar',
        text: BLOCK,
        key: 'a',
        value: '5',
        after: 'a: 5 # head\n  # before\n  # behind\nd: 2\n',
      },
      {
        name: 'a block mapping by a list',
        text: BLOCK,
        key: 'a',
        value: '[1, {x: y}]',
        after: 'a: [1, {x: y}] # head\n  # before\n  # behind\nd: 2\n',
      },
      {
        name: 'a block list by a list',
        text: BLOCK,
        key: 'a.c',
        value: '[x, y]',
        after: 'a: # head\n  # before\n  b: 1 # one\n  c: [x, y]\n  # behind\nd: 2\n',
      },
      {
        name: 'a list as deep as its key',
        text: 'a:\n- 1\n- 2\nb: 1\n',
        key: 'a',
        value: '3',
        after: 'a: 3\nb: 1\n',
      },
      {
        name: 'a mapping in a list',
        text: 'a:\n- b: 1\n  c: 2\n- 3\n',
        key: 'a.0',
        value: 'x',
        after: 'a:\n- x\n- 3\n',
      },
      { name: 'a scalar by a mapping', text: 'a: 1\n', key: 'a', value: '{x: 1}', after: 'a: {x: 1}\n' },
      {
        name: 'a scalar by a mapping written as a block',
        text: 'a: 1\n',
        key: 'a',
        value: 'x: 1',
        after: 'a: {x: 1}\n',
      },
      {
        name: 'a flow list over lines',
        text: 'a: [1,\n  2] # c\nb: 1\n',
        key: 'a',
        value: '[]',
        after: 'a: [] # c\nb: 1\n',
      },
      { name: 'a block with a tag', text: 'a: !!map\n  b: 1\n', key: 'a', value: '2', after: 'a: 2\n' },
    ],
    claim,
  );
});

suite('setValue() adds a key whose parent is there', (test) => {
  table(
    test,
    [
      { name: 'at the end of the file', text: 'a: 1\n', key: 'b', value: '2', after: 'a: 1\nb: 2\n' },
      { name: 'without a last line break', text: 'a: 1', key: 'b', value: '2', after: 'a: 1\nb: 2' },
      { name: 'in an empty file', text: '', key: 'b', value: '2', after: 'b: 2\n' },
      { name: 'in a file of comments', text: '# c\n', key: 'b', value: '2', after: '# c\nb: 2\n' },
      {
        name: 'in a block, before what follows',
        text: 'a:\n  b: 1 # one\n\n# c\nd: 2\n',
        key: 'a.x',
        value: '2',
        after: 'a:\n  b: 1 # one\n  x: 2\n\n# c\nd: 2\n',
      },
      {
        name: 'with CRLF',
        text: 'a:\r\n  b: 1\r\nc: 2\r\n',
        key: 'a.x',
        value: '2',
        after: 'a:\r\n  b: 1\r\n  x: 2\r\nc: 2\r\n',
      },
      {
        name: 'behind a nested list',
        text: 'a:\n  b:\n    - 1\n    - 2\nc: 2\n',
        key: 'a.x',
        value: '2',
        after: 'a:\n  b:\n    - 1\n    - 2\n  x: 2\nc: 2\n',
      },
      {
        name: 'behind a literal block',
        text: 'a:\n  b: |+\n    x\n\nc: 2\n',
        key: 'a.x',
        value: '2',
        after: 'a:\n  b: |+\n    x\n\n  x: 2\nc: 2\n',
      },
      {
        name: 'in a mapping in a list',
        text: 'a:\n  - b: 1\n  - c\n',
        key: 'a.0.x',
        value: '2',
        after: 'a:\n  - b: 1\n    x: 2\n  - c\n',
      },
      {
        name: 'in a flow mapping',
        text: 'a: {b: 1} # c\n',
        key: 'a.x',
        value: '2',
        after: 'a: {b: 1, x: 2} # c\n',
      },
      { name: 'in an empty flow mapping', text: 'a: {}\n', key: 'a.x', value: '2', after: 'a: {x: 2}\n' },
      {
        name: 'in a flow mapping over lines',
        text: 'a: {\n  b: 1, # one\n  c: 2 # two\n}\n',
        key: 'a.x',
        value: '3',
        after: 'a: {\n  b: 1, # one\n  c: 2, # two\n  x: 3\n}\n',
      },
      {
        name: 'in a flow mapping with a comma at its end',
        text: 'a: {\n  b: 1,\n}\n',
        key: 'a.x',
        value: '3',
        after: 'a: {\n  b: 1,\n  x: 3,\n}\n',
      },
      {
        name: 'under a key without a value',
        text: 'a:\nb: 1\n',
        key: 'a.x',
        value: '2',
        after: 'a: {x: 2}\nb: 1\n',
      },
      {
        name: 'beside what is merged',
        text: 'a: &a {x: 1}\nb:\n  <<: *a\n',
        key: 'b.x',
        value: '2',
        after: 'a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n',
      },
      { name: 'that must be quoted', text: 'a: 1\n', key: 'true', value: '2', after: 'a: 1\n"true": 2\n' },
    ],
    claim,
  );
});
