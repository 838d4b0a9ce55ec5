/**
 * The page's script: asks `/predict`, shows tags and why.
 *
 * @module
 */

const EXAMPLES = [
  {
    title: 'How to mount a volume in docker compose?',
    body: '<p>The folder is empty inside of the container.</p><pre><code>volumes:\n  - ./data:/data</code></pre>',
  },
  {
    title: 'How do I undo the most recent local commits in Git?',
    body: '<p>I accidentally committed the wrong files, but did not push yet.</p>',
  },
  {
    title: 'Why does my Python list change unexpectedly?',
    body: '<p>A default argument is kept between calls.</p><pre><code>def add(x, xs=[]):\n    xs.append(x)</code></pre>',
  },
];
const WORDS = 6;

const form = document.querySelector('#ask');
const answer = document.querySelector('#answer');
const keyLabel = document.querySelector('#key-label');
let latest = 0;

/** @param content Strings become text, never markup. */
function element(name, attributes = {}, ...content) {
  const made =
    name === 'svg' || name === 'rect'
      ? document.createElementNS('http://www.w3.org/2000/svg', name)
      : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

function tagItem({ tag, score, probability, given, words }) {
  const largest = Math.max(...words.map(({ weight }) => weight));
  const value = probability === null ? `score ${score.toFixed(2)}` : `${Math.round(probability * 100)} %`;
  const title = probability === null ? 'Score' : `Probability; score ${score.toFixed(3)}`;
  return element(
    'li',
    given ? {} : { class: 'not-given' },
    element(
      'div',
      { class: 'head' },
      element('span', { class: 'name' }, tag),
      ...(given ? [] : [element('span', { class: 'quiet' }, 'not given')]),
      element('span', { class: 'value', title }, value),
    ),
    words.length === 0
      ? element('p', { class: 'quiet' }, 'No word of the question speaks for it.')
      : element(
          'ul',
          { class: 'words', 'aria-label': `Words that spoke for ${tag}` },
          ...words.map((word) => wordItem(word, largest)),
        ),
  );
}

function wordItem({ word, field, kind, weight }, largest) {
  const bar = element('svg', { 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  bar.append(element('rect', { width: `${(100 * weight) / largest}%`, height: '100%' }));
  const where = kind === 'tag_name' ? `named in the ${field}` : `in the ${field}`;
  return element(
    'li',
    {},
    element('span', { class: 'word' }, bar, element('span', {}, word)),
    element('span', { class: 'quiet' }, `${where} +${weight.toFixed(2)}`),
  );
}

function show(...content) {
  answer.replaceChildren(...content);
  answer.setAttribute('aria-busy', 'false');
}

async function ask() {
  const mine = ++latest;
  const { title, body, top, key } = Object.fromEntries(new FormData(form));
  const headers = { 'content-type': 'application/json' };
  if (key) headers['x-api-key'] = key;
  const question = { title, body, words: WORDS, ...(top === '' ? {} : { top_k: Number(top) }) };
  answer.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch('predict', { method: 'POST', headers, body: JSON.stringify(question) });
    const said = await response.json();
    if (mine !== latest) return;
    if (!response.ok) {
      if (response.status === 401) keyLabel.hidden = false;
      show(element('p', { class: 'wrong', role: 'alert' }, said.detail));
      return;
    }
    const { tags } = said.prediction;
    show(
      tags.length === 0
        ? element('p', {}, 'No tag: no score is high enough. Show the 5 best to see what comes near.')
        : element('ol', { class: 'tags' }, ...tags.map(tagItem)),
    );
  } catch (error) {
    if (mine === latest)
      show(element('p', { class: 'wrong', role: 'alert' }, `The server does not answer: ${error.message}`));
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void ask();
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
for (const { title, body } of EXAMPLES) {
  const button = element('button', { type: 'button' }, title);
  button.addEventListener('click', () => {
    form.elements.title.value = title;
    form.elements.body.value = body;
    form.requestSubmit();
  });
  document.querySelector('#examples').append(element('li', {}, button));
}

const about = document.querySelector('#model');
fetch('model')
  .then((response) => response.json())
  .then(({ months, questions, tags }) => {
    const number = new Intl.NumberFormat('en');
    about.textContent = `${number.format(tags.length)} tags, learned from ${number.format(questions)} questions of ${months.from} to ${months.to}`;
  })
  .catch(() => {
    about.textContent = 'The server does not answer';
  });
