/**
 * What moves on the page of a run: the timeline and its zoom, search, the panel of a stage, the keyboard. It runs in a
 * browser, inline in the page.
 */

const data = JSON.parse(document.getElementById('data').textContent);
const stages = data.stages.map(([name, outcome, place, measures, reasons, needs, errors, exit], id) => ({
  id,
  name,
  outcome,
  place,
  measures,
  reasons: reasons.map((number) => data.reasons[number]),
  needs,
  users: [],
  errors,
  exit,
}));
for (const { id, needs } of stages) for (const need of needs) stages[need].users.push(id);

const chart = document.getElementById('chart');
const frame = document.getElementById('scroll');
const panel = document.getElementById('panel');
const search = document.getElementById('search');

/** An element; a child is text or an element. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function timeText(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// The timeline: a lane for each slot, time to the right.

const LANE = 30;
const TOP = 24;
const CHARACTER = 7.4;
const LARGEST_ZOOM = 200;
let zoom = 1;
const bars = new Map();
const grid = draw('g');
const links = draw('g');
chart.append(grid, links);

const width = () => Math.max(200, frame.clientWidth) * zoom;
const xOf = (ms) => (ms / Math.max(1, data.totalMs)) * (width() - 12) + 6;

function drawChart() {
  const height = TOP + data.lanes * LANE + 8;
  chart.setAttribute('width', width());
  chart.setAttribute('height', height);
  const step = tickStep(data.totalMs / (width() / 110));
  const ticks = [];
  for (let ms = 0; ms <= data.totalMs; ms += step) {
    ticks.push(draw('line', { class: 'grid', x1: xOf(ms), x2: xOf(ms), y1: TOP - 6, y2: height }));
    ticks.push(draw('text', { class: 'tick', x: xOf(ms) + 3, y: 15 }, timeText(ms)));
  }
  grid.replaceChildren(...ticks);
  for (const stage of stages) if (stage.place !== null) placeBar(stage);
  mark();
}

/** A round time of at least so many milliseconds. */
function tickStep(atLeast) {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
    [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400].map((s) => s * 1000),
  );
  return steps.find((step) => step >= atLeast) ?? Math.ceil(atLeast / 86_400_000) * 86_400_000;
}

function boxOf({ place: [lane, start, end] }) {
  return {
    x: xOf(start),
    y: TOP + lane * LANE + 2,
    width: Math.max(2, xOf(end) - xOf(start)),
    height: LANE - 6,
  };
}

/** A bar stays the same element, lest it lose the focus. */
function placeBar(stage) {
  const box = boxOf(stage);
  const text = `${stage.name}: ${stage.outcome} ${stage.measures[0]}`;
  const bar = bars.get(stage.id) ?? draw('g', { class: 'stage', tabindex: '0', role: 'button' });
  bar.dataset.state = stage.outcome;
  bar.setAttribute('aria-label', text);
  const label = shortened(stage.name, Math.floor((box.width - 8) / CHARACTER));
  bar.replaceChildren(
    draw('title', {}, text),
    draw('rect', { ...box, rx: 4 }),
    draw('text', { x: box.x + 5, y: box.y + 16 }, label),
  );
  if (!bars.has(stage.id)) {
    bars.set(stage.id, bar);
    links.before(bar);
    bar.addEventListener('click', () => open(stage.id));
    bar.addEventListener('focus', () => {
      if (opened !== undefined && opened !== stage.id) open(stage.id);
    });
  }
}

/** Members of a group differ at their end. */
function shortened(name, length) {
  if (name.length <= length) return name;
  if (length < 4) return '';
  return name.includes('@') ? `…${name.slice(1 - length)}` : `${name.slice(0, length - 1)}…`;
}

function setZoom(factor) {
  const before = zoom;
  const middle = (frame.scrollLeft + frame.clientWidth / 2) / before;
  zoom = Math.min(LARGEST_ZOOM, Math.max(1, factor));
  drawChart();
  frame.scrollLeft = middle * zoom - frame.clientWidth / 2;
}

frame.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    setZoom(zoom * Math.exp(-event.deltaY * 0.003));
  },
  { passive: false },
);
document.getElementById('zoom-in').addEventListener('click', () => setZoom(zoom * 1.5));
document.getElementById('zoom-out').addEventListener('click', () => setZoom(zoom / 1.5));
document.getElementById('zoom-fit').addEventListener('click', () => setZoom(1));
new ResizeObserver(drawChart).observe(frame);

// The list.

const rows = new Map(
  stages.map((stage) => {
    const button = make('button', { type: 'button' }, stage.name);
    const outcome = make('td', { class: 'state', 'data-state': stage.outcome }, stage.outcome);
    const [why = '', ...more] = stage.errors.length > 0 ? stage.errors : stage.reasons;
    const row = make(
      'tr',
      {},
      make('td', {}, button),
      outcome,
      ...stage.measures.map((text) => make('td', {}, text)),
      make('td', {}, more.length > 0 ? `${why} (and ${more.length} more)` : why),
    );
    row.addEventListener('click', () => open(stage.id));
    return [stage.id, row];
  }),
);
document.getElementById('rows').append(...rows.values());

// The panel.

let opened;
let openedFrom;

function open(id) {
  if (opened === undefined) openedFrom = document.activeElement;
  opened = id;
  const { name, outcome, place, measures, reasons, needs, users, errors, exit } = stages[id];
  const close = make('button', { type: 'button', 'aria-label': 'Close' }, '×');
  close.addEventListener('click', closePanel);
  const heading = make('h2', { id: 'panel-title', tabindex: '-1' }, name);
  const section = (title, items) => (items.length === 0 ? [] : [make('h3', {}, title), ...items]);
  const facts = [
    ['Began', place === null ? '' : timeText(place[1])],
    ['Took', measures[0]],
    ['CPU time', measures[1]],
    ['Peak memory', measures[2]],
    [typeof exit === 'string' ? 'Ended by' : 'Exit code', exit === null ? '' : String(exit)],
  ].filter(([, value]) => value !== '');
  const list = facts.map(([key, value]) => make('div', {}, make('dt', {}, key), make('dd', {}, value)));
  panel.replaceChildren(
    make('div', { class: 'panel-head' }, heading, close),
    make('p', { class: 'state', 'data-state': outcome }, outcome),
    make('dl', {}, ...list),
    ...section(
      'Errors',
      errors.map((text) => make('pre', {}, text)),
    ),
    ...section(
      'Reasons',
      reasons.length === 0 ? [] : [make('ul', {}, ...reasons.map((text) => make('li', {}, text)))],
    ),
    ...section('Needs', namesOf(needs)),
    ...section('Needed by', namesOf(users)),
  );
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add('opened');
  mark();
}

function namesOf(ids) {
  if (ids.length === 0) return [];
  const buttons = ids.map((id) => {
    const button = make('button', { type: 'button' }, stages[id].name);
    button.addEventListener('click', () => {
      open(id);
      panel.querySelector('h2').focus();
    });
    return button;
  });
  return [make('div', { class: 'names' }, ...buttons)];
}

function closePanel() {
  if (opened === undefined) return;
  opened = undefined;
  panel.hidden = true;
  document.body.classList.remove('opened');
  mark();
  openedFrom?.focus?.();
}

/** What is open, and lines to what it needs and what needs it. */
function mark() {
  for (const [id, bar] of bars) bar.classList.toggle('open', id === opened);
  for (const [id, row] of rows) row.classList.toggle('open', id === opened);
  const { needs, users } = opened === undefined ? { needs: [], users: [] } : stages[opened];
  const pairs = [...needs.map((id) => [id, opened]), ...users.map((id) => [opened, id])];
  links.replaceChildren(
    ...pairs
      .filter((pair) => pair.every((id) => stages[id].place !== null))
      .map(([from, to]) => {
        const [a, b] = [boxOf(stages[from]), boxOf(stages[to])];
        const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2];
        const bend = Math.max(12, (x2 - x1) / 2);
        return draw('path', {
          class: 'link',
          d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
        });
      }),
  );
}

// Search: by name, outcome, reason and error.

search.addEventListener('input', () => {
  const wanted = search.value.trim().toLowerCase();
  let count = 0;
  for (const { id, name, outcome, reasons, errors } of stages) {
    const isFound = [name, outcome, ...reasons, ...errors].join('\n').toLowerCase().includes(wanted);
    if (isFound) count += 1;
    rows.get(id).hidden = !isFound;
    bars.get(id)?.classList.toggle('dim', !isFound);
  }
  document.getElementById('found').textContent = wanted === '' ? '' : `${count} of ${stages.length}`;
});

// The keyboard.

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (event.target === search && search.value !== '') {
      search.value = '';
      search.dispatchEvent(new Event('input'));
    } else {
      closePanel();
    }
    return;
  }
  if (event.target === search) return;
  const actions = {
    '/': () => search.focus(),
    '+': () => setZoom(zoom * 1.5),
    '=': () => setZoom(zoom * 1.5),
    '-': () => setZoom(zoom / 1.5),
    0: () => setZoom(1),
  };
  const bar = event.target.closest?.('.stage');
  if (Object.hasOwn(actions, event.key)) {
    event.preventDefault();
    actions[event.key]();
  } else if (bar !== null && bar !== undefined) {
    moveFrom([...bars].find(([, other]) => other === bar)[0], event);
  }
});

/** Left and right to what ran before and after in the lane, up and down to the lanes beside. */
function moveFrom(id, event) {
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    open(id);
    panel.querySelector('h2').focus();
    return;
  }
  const [lane, start] = stages[id].place;
  const timed = stages.filter(({ place }) => place !== null);
  const inLane = (wanted) => timed.filter(({ place }) => place[0] === wanted);
  const nearest = (all) => all.sort((a, b) => Math.abs(a.place[1] - start) - Math.abs(b.place[1] - start))[0];
  const next = {
    ArrowRight: () => nearest(inLane(lane).filter((other) => other.place[1] > start)),
    ArrowLeft: () => nearest(inLane(lane).filter((other) => other.place[1] < start)),
    ArrowUp: () => nearest(inLane(lane - 1)),
    ArrowDown: () => nearest(inLane(lane + 1)),
  }[event.key]?.();
  if (next === undefined) return;
  event.preventDefault();
  const bar = bars.get(next.id);
  bar.focus({ preventScroll: true });
  bar.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
