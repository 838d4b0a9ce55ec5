/**
 * What moves on the page: zoom, search, the panel of a stage, the keyboard. It runs in a browser, inline in the page.
 */

const data = JSON.parse(document.getElementById('data').textContent);
const stages = new Map(data.stages);
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const graph = document.getElementById('graph');
const panel = document.getElementById('panel');
const search = document.getElementById('search');
const elements = new Map(
  [...graph.querySelectorAll('.stage')].map((element) => [element.dataset.id, element]),
);
const links = [...graph.querySelectorAll('.link')];

/** An element; a child is text or an element. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Zoom and pan: the view is the graph's coordinates times `scale`, moved by x and y pixels.

const SMALLEST = 0.1;
const LARGEST = 4;
const view = { x: 0, y: 0, scale: 1 };
let isFitted = true;

function moveTo(x, y, scale) {
  view.x = x;
  view.y = y;
  view.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
  document
    .getElementById('view')
    .setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
}

function fit() {
  const { width, height } = graph.getBoundingClientRect();
  const scale = Math.min((width - 32) / data.width, (height - 32) / data.height, 1.25);
  moveTo((width - data.width * scale) / 2, Math.max(16, (height - data.height * scale) / 2), scale);
  isFitted = true;
}

/** Keeps the point of the graph under (x, y) in place. */
function zoom(factor, x, y) {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  const ratio = scale / view.scale;
  moveTo(x - (x - view.x) * ratio, y - (y - view.y) * ratio, scale);
  isFitted = false;
}

function zoomInMiddle(factor) {
  const { width, height } = graph.getBoundingClientRect();
  zoom(factor, width / 2, height / 2);
}

function pan(x, y) {
  moveTo(view.x + x, view.y + y, view.scale);
  isFitted = false;
}

/** Moves the view by as little as shows the stage whole. */
function bringIntoView(element) {
  const box = element.getBoundingClientRect();
  const frame = graph.getBoundingClientRect();
  const shift = (start, end, from, to) => (start < from ? from - start : end > to ? to - end : 0);
  const x = shift(box.left, box.right, frame.left + 8, frame.right - 8);
  const y = shift(box.top, box.bottom, frame.top + 8, frame.bottom - 8);
  if (x !== 0 || y !== 0) pan(x, y);
}

graph.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    const { left, top } = graph.getBoundingClientRect();
    const lines = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * lines * 0.0015), event.clientX - left, event.clientY - top);
  },
  { passive: false },
);

/** Pointers that are down, by id. One drags, two also zoom. */
const pointers = new Map();
let travelled = 0;

graph.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  if (pointers.size === 0) travelled = 0;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
});

graph.addEventListener('pointermove', (event) => {
  const before = pointers.get(event.pointerId);
  if (before === undefined) return;
  const now = { x: event.clientX, y: event.clientY };
  travelled += Math.hypot(now.x - before.x, now.y - before.y);
  if (travelled > 4) {
    graph.setPointerCapture(event.pointerId);
    graph.classList.add('dragged');
  }
  const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
  pointers.set(event.pointerId, now);
  pan((now.x - before.x) / pointers.size, (now.y - before.y) / pointers.size);
  if (other !== undefined) {
    const { left, top } = graph.getBoundingClientRect();
    const distance = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    zoom(distance(now) / distance(before), (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
  }
});

for (const name of ['pointerup', 'pointercancel']) {
  graph.addEventListener(name, (event) => {
    pointers.delete(event.pointerId);
    graph.classList.remove('dragged');
  });
}

new ResizeObserver(() => {
  if (isFitted) fit();
}).observe(graph);

document.getElementById('zoom-in').addEventListener('click', () => zoomInMiddle(1.3));
document.getElementById('zoom-out').addEventListener('click', () => zoomInMiddle(1 / 1.3));
document.getElementById('zoom-fit').addEventListener('click', fit);

// The panel.

const SENTENCES = {
  fresh: 'Stays as it is',
  frozen: 'Stays as it is: it is frozen',
  restore: 'Comes from the cache',
  record: 'Is recorded as it stands',
  run: 'Runs',
  pending: 'Runs only if what it waits for comes out different',
  blocked: 'Cannot run',
};

let opened;

function openNode(id) {
  const { members, label } = nodes.get(id);
  if (members.length === 1) show(id, members[0], stageContent(members[0]));
  else show(id, label, groupContent(id, members));
}

function show(id, title, content) {
  if (opened !== undefined) elements.get(opened).classList.remove('open');
  opened = id;
  elements.get(id).classList.add('open');
  markLinks();
  const close = make('button', { type: 'button', 'aria-label': 'Close' }, '×');
  close.addEventListener('click', closePanel);
  const heading = make('h2', { id: 'panel-title', tabindex: '-1' }, title);
  panel.replaceChildren(make('div', { class: 'panel-head' }, heading, close), ...content);
  panel.hidden = false;
  panel.scrollTop = 0;
  if (isFitted) fit();
  else bringIntoView(elements.get(id));
}

function closePanel() {
  if (opened === undefined) return;
  const element = elements.get(opened);
  element.classList.remove('open');
  opened = undefined;
  panel.hidden = true;
  markLinks();
  element.focus({ preventScroll: true });
}

function stateLine(state) {
  const sign = make('span', { class: 'sign' }, data.signs[state]);
  return make('p', { class: 'state', 'data-state': state }, sign, ` ${SENTENCES[state]}`);
}

function stageContent(name) {
  const stage = stages.get(name);
  const section = (title, ...children) => (children.length === 0 ? [] : [make('h3', {}, title), ...children]);
  const list = (rows) =>
    rows.length === 0
      ? []
      : [make('dl', {}, ...rows.flatMap(([key, value, size]) => rowOf(key, value, size)))];
  return [
    ...(stage.desc === undefined ? [] : [make('p', {}, stage.desc)]),
    stateLine(stage.state),
    ...(stage.reasons.length === 0
      ? []
      : section('Reasons', make('ul', {}, ...stage.reasons.map((text) => make('li', {}, text))))),
    ...(stage.module === undefined
      ? section('Command', make('pre', {}, stage.command))
      : section('Module', make('pre', {}, stage.module))),
    ...(stage.wdir === undefined ? [] : section('Directory', make('pre', {}, stage.wdir))),
    ...section('Arguments and environment', ...list(stage.settings)),
    ...(stage.duration === undefined ? [] : section('Last duration', make('p', {}, stage.duration))),
    ...section('Inputs, as recorded', ...list(stage.inputs)),
    ...section('Outputs, as recorded', ...list(stage.outputs)),
  ];
}

function rowOf(key, value, size) {
  const told = [value, size].filter((text) => text !== '').join(' · ');
  return [make('dt', {}, key), make('dd', {}, told === '' ? 'not recorded' : told)];
}

function groupContent(id, members) {
  const items = members.map((name) => {
    const { state } = stages.get(name);
    const sign = make('span', { class: 'sign', 'data-state': state }, data.signs[state]);
    const button = make('button', { type: 'button', title: state }, sign, ` ${name}`);
    button.addEventListener('click', () => {
      const back = make('button', { type: 'button' }, `All of ${id}`);
      back.addEventListener('click', () => {
        openNode(id);
        panel.querySelector('h2').focus();
      });
      show(id, name, [...stageContent(name), back]);
      panel.querySelector('h2').focus();
    });
    return make('li', {}, button);
  });
  return [make('p', {}, `${members.length} stages`), make('ul', { class: 'members' }, ...items)];
}

function markLinks() {
  const focused = document.activeElement?.closest?.('.stage')?.dataset.id;
  const near = focused ?? opened;
  for (const link of links) {
    link.classList.toggle('near', near !== undefined && [link.dataset.from, link.dataset.to].includes(near));
  }
}

for (const [id, element] of elements) {
  element.addEventListener('click', () => {
    if (travelled > 4) return;
    element.focus({ preventScroll: true });
    openNode(id);
  });
  element.addEventListener('focus', () => {
    markLinks();
    if (opened !== undefined && opened !== id) openNode(id);
    bringIntoView(element);
  });
  element.addEventListener('blur', markLinks);
}

// Search: whatever a stage is described by.

const wordsOf = new Map(
  data.nodes.map(({ id, label, members }) => {
    const told = members.map((name) => {
      const { desc, module, command, inputs, outputs } = stages.get(name);
      return [name, desc, module, command, ...inputs.map(([path]) => path), ...outputs.map(([path]) => path)];
    });
    return [id, [label, ...told.flat()].join('\n').toLowerCase()];
  }),
);

const matches = () =>
  data.nodes.map(({ id }) => id).filter((id) => wordsOf.get(id).includes(search.value.trim().toLowerCase()));

search.addEventListener('input', () => {
  const isSearching = search.value.trim() !== '';
  const found = new Set(matches());
  graph.classList.toggle('searched', isSearching);
  for (const [id, element] of elements) element.classList.toggle('dim', !found.has(id));
  document.getElementById('found').textContent = isSearching ? `${found.size} of ${nodes.size}` : '';
});

search.addEventListener('keydown', (event) => {
  const [first] = matches();
  if (event.key === 'Enter' && first !== undefined) elements.get(first).focus({ preventScroll: true });
  if (event.key === 'Escape' && search.value !== '') {
    search.value = '';
    search.dispatchEvent(new Event('input'));
    event.stopPropagation();
  }
});

// The keyboard.

const middleOf = (id) => {
  const box = elements.get(id).getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
};

/** Along a line up or down, to the neighbour in the row left or right: the nearest there is. */
function neighbour(id, key) {
  const here = middleOf(id);
  const ahead = ([, { x, y }]) =>
    ({
      ArrowUp: y < here.y - 1,
      ArrowDown: y > here.y + 1,
      ArrowLeft: x < here.x - 1,
      ArrowRight: x > here.x + 1,
    })[key];
  const isAcross = key === 'ArrowLeft' || key === 'ArrowRight';
  const distance = ([, { x, y }]) =>
    Math.hypot(x - here.x, y - here.y) + 3 * Math.abs(isAcross ? y - here.y : x - here.x);
  const linked = links.flatMap(({ dataset: { from, to } }) =>
    key === 'ArrowUp' && to === id ? [from] : key === 'ArrowDown' && from === id ? [to] : [],
  );
  const ids = isAcross ? [...nodes.keys()] : linked;
  return ids
    .map((other) => [other, middleOf(other)])
    .filter(ahead)
    .sort((a, b) => distance(a) - distance(b))[0]?.[0];
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') closePanel();
  if (event.target === search) return;
  const id = event.target.closest?.('.stage')?.dataset.id;
  const actions = {
    '/': () => search.focus(),
    '+': () => zoomInMiddle(1.3),
    '=': () => zoomInMiddle(1.3),
    '-': () => zoomInMiddle(1 / 1.3),
    0: fit,
  };
  if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault();
    openNode(id);
    panel.querySelector('h2').focus();
  } else if (event.key.startsWith('Arrow')) {
    moveByArrow(event, id);
  } else if (Object.hasOwn(actions, event.key)) {
    event.preventDefault();
    actions[event.key]();
  }
});

/** From stage to stage; where none is focused, the whole. */
function moveByArrow(event, id) {
  if (panel.contains(event.target)) return;
  event.preventDefault();
  if (id === undefined) {
    const steps = { ArrowUp: [0, 60], ArrowDown: [0, -60], ArrowLeft: [60, 0], ArrowRight: [-60, 0] };
    pan(...steps[event.key]);
    return;
  }
  const next = neighbour(id, event.key);
  if (next !== undefined) elements.get(next).focus({ preventScroll: true });
}

fit();
