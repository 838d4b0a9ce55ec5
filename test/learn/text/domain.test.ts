import { execFileSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { type Analyzer, analyze, type TokenParams } from '../../../stages/learn/text/index.ts';
import { suite, table, unless } from '../../support/suite.ts';

const cut = (kind: Analyzer['kind'] & ('domain' | 'symbols'), text: string, params?: Partial<TokenParams>) =>
  analyze(text, {
    analyzer: { kind },
    lowercase: kind === 'domain',
    stripAccents: undefined,
    stopWords: new Set(),
    stemmer: undefined,
    ngramRange: [1, 1],
    ...params,
  });

suite('analyze() with "domain" keeps the names of things whole', (test) => {
  table(
    test,
    [
      { name: 'words, as ever', text: 'Push the image, then_pull it', words: 'push the image then_pull it' },
      { name: 'C++', text: 'C++', words: 'c++' },
      { name: 'at the end of a sentence', text: 'I like C++. And C#.', words: 'like c++ and c#' },
      { name: 'in brackets', text: '(c#) [F#] "c++"', words: 'c# f# c++' },
      { name: 'with a version', text: 'C++11 and c++17, C# 4.0', words: 'c++11 and c++17 c# 4.0' },
      { name: '.NET', text: 'the .NET framework, (.net)', words: 'the .net framework .net' },
      { name: '.NET Core', text: '.net-core .NET.', words: '.net-core .net' },
      { name: 'not in .network', text: '.network', words: 'network' },
      { name: 'with a dot', text: 'node.js vs. Vue.js.', words: 'node.js vs vue.js' },
      { name: 'with dots and hyphens', text: 'ASP.NET-MVC, objective-c', words: 'asp.net-mvc objective-c' },
      { name: 'C and R alone', text: 'c, R and x or a', words: 'c r and or' },
      { name: 'not within', text: "r'x' é.c 1c", words: 'r é.c 1c' },
      { name: 'one separator at most', text: 'a--b foo..bar foo-', words: 'foo bar foo' },
      { name: 'no anchors', text: 'Posts#index i#j', words: 'posts index' },
      { name: 'two pluses and no word behind them', text: 'c+++ dd++e', words: 'c++ dd' },
      { name: 'any script', text: 'Größe, naïve-bayes, 日本語.txt', words: 'größe naïve-bayes 日本語.txt' },
      { name: 'marks part words', text: 'cafe\u0301', words: 'cafe' },
      { name: 'nothing', text: '', words: '' },
    ],
    ({ text, words }) => {
      assert.is(cut('domain', text).join(' '), words);
    },
  );
  test('pairs of them are terms too', () => {
    assert.equal(
      cut('domain', 'C++ in the cloud', { ngramRange: [2, 2], stopWords: new Set(['in', 'the']) }),
      ['c++ cloud'],
    );
  });
  test('stems only what is a word', () => {
    assert.equal(cut('domain', 'running node.js containers', { stemmer: 'porter' }), [
      'run',
      'node.js',
      'contain',
    ]);
  });
});

suite('analyze() with "symbols" takes what is between the words of code', (test) => {
  table(
    test,
    [
      { name: 'calls', code: 'print(len(x))', symbols: ['print(', 'len(', '))'] },
      { name: 'members', code: 'console.log', symbols: ['.log'] },
      { name: 'called members', code: 'a.forEach(b => c)', symbols: ['.forEach', '(', '=>', ')'] },
      { name: 'runs of three at most', code: 'x =====> y', symbols: ['===', '==>'] },
      { name: 'case counts', code: 'Foo() foo()', symbols: ['Foo(', ')', 'foo(', ')'] },
      { name: 'an underscore is a letter', code: '__init__(self)', symbols: ['__init__(', ')'] },
      { name: 'numbers are none', code: '3.14', symbols: ['.'] },
      { name: 'other scripts', code: 'größe(x) → y', symbols: ['größe(', ')', '→'] },
      { name: 'nothing', code: 'plain words', symbols: [] },
    ],
    ({ code, symbols }) => {
      assert.equal(cut('symbols', code), symbols);
    },
  );

  const python = process.env['DVC_LIKE_PYTHON'];
  test('as the same expression finds them in Python', {
    skip: unless(python !== undefined, 'DVC_LIKE_PYTHON names no Python'),
  }, () => {
    const code = [
      'for (int i = 0; i < n; ++i) { v[i]->next = &a.b[i] ?: 0; } // done!',
      '$("#id > a").on(\'click\', function(e) { e.preventDefault(); return !1 });',
      "SELECT * FROM t WHERE a<>b AND c LIKE '%x_y%' -- 100 %",
      '@property\ndef __len__(self): return {k: v for k, v in self.d.items()}',
      'echo "${HOME}" | sed -e \'s/^\\s*//g\' >> log.txt 2>&1',
    ];
    const script = [
      'import json, re, sys',
      'pattern = re.compile(r"[A-Za-z_]\\w*\\(|\\.[A-Za-z_]\\w*|[^\\w\\s]{1,3}")',
      'print(json.dumps([pattern.findall(code) for code in json.load(sys.stdin)]))',
    ];
    const found = execFileSync(python!, ['-c', script.join('\n')], {
      input: JSON.stringify(code),
      encoding: 'utf8',
    });
    assert.equal(
      code.map((text) => cut('symbols', text)),
      JSON.parse(found),
    );
  });
});
