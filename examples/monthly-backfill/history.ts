import { readFileSync, writeFileSync } from 'node:fs';
import type { StageContext } from 'dvc-like/stage';

/** The months of the manifest and no others: what lies beside them in `revenue/` from other settings is not read. */
export default function run({ deps, outs, log }: StageContext): void {
  const rows = deps.map((path) => readFileSync(path, 'utf8').trim());
  const revenue = rows.map((row) => Number(row.split(',')[2])).reduce((sum, each) => sum + each, 0);
  writeFileSync(outs[0]!, `${rows.join('\n')}\n`);
  writeFileSync(outs[1]!, `${JSON.stringify({ months: rows.length, revenue })}\n`);
  log(`${rows.length} months, ${revenue} in all`);
}
