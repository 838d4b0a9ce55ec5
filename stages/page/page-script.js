// Tips over marks, tables that sort and filter. The page is whole without it.

const tip = document.getElementById('tip');

const hideTip = () => {
  tip.hidden = true;
};

const showTip = (event) => {
  const mark = event.target.closest('[data-tip]');
  if (mark === null) return hideTip();
  tip.textContent = mark.dataset.tip;
  tip.hidden = false;
  const { offsetWidth, offsetHeight } = tip;
  const x = Math.min(event.clientX + 14, innerWidth - offsetWidth - 6);
  const y = event.clientY - offsetHeight - 12;
  tip.style.left = `${Math.max(6, x)}px`;
  tip.style.top = `${y < 6 ? event.clientY + 18 : y}px`;
};

for (const chart of document.querySelectorAll('.chart')) {
  for (const name of ['pointermove', 'pointerdown']) chart.addEventListener(name, showTip);
  chart.addEventListener('pointerleave', hideTip);
}
addEventListener('scroll', hideTip, { passive: true, capture: true });
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') hideTip();
});

const collator = new Intl.Collator('en', { numeric: true });

/** What a cell is sorted by: its first number, nothing last. */
const numberIn = (cell) => {
  const text = cell.textContent.replaceAll(',', '').replace('−', '-');
  const found = /[+-]?\d*\.?\d+(?:e[+-]?\d+)?/i.exec(text);
  return found === null ? undefined : Number(found[0]);
};

const compareCells = (isText) => (a, b) => {
  if (isText) return collator.compare(a.textContent, b.textContent);
  const [x, y] = [numberIn(a), numberIn(b)];
  if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
  return x - y;
};

const sortBy = (table, head) => {
  const body = table.tBodies[0];
  const isText = head.classList.contains('text');
  const before = head.getAttribute('aria-sort');
  const direction = before === null ? (isText ? 1 : -1) : before === 'ascending' ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
  const compare = compareCells(isText);
  const isEmpty = (cell) => !isText && numberIn(cell) === undefined;
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [a.cells[head.cellIndex], b.cells[head.cellIndex]];
    return isEmpty(x) || isEmpty(y) ? compare(x, y) : direction * compare(x, y);
  });
  body.append(...rows);
};

for (const table of document.querySelectorAll('table')) {
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.addEventListener('click', () => sortBy(table, head));
    head.replaceChildren(button);
  }
}

for (const filter of document.querySelectorAll('.filter')) {
  const input = filter.querySelector('input');
  const rows = [...filter.nextElementSibling.querySelectorAll('tbody tr')];
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    let found = 0;
    for (const row of rows) {
      row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
      if (!row.hidden) found += 1;
    }
    filter.querySelector('output').textContent = wanted === '' ? '' : `${found} of ${rows.length}`;
  });
  filter.hidden = false;
}
