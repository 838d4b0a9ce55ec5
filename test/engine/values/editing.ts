import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../../engine/core/index.ts';
import { readYaml, setValue, toValue } from '../../../engine/values/index.ts';

const valueOf = (text: string) => {
  const read = readYaml({ path: 'value', text });
  if (!read.ok) throw new Error(renderDiagnostics(read.error));
  return toValue(read.value);
};

export interface Row {
  readonly name: string;
  readonly text: string;
  readonly key: string;
  readonly value: string;
  readonly after: string;
  readonly path?: string;
}

function set({ text, key, value, path = 'config.yaml' }: Omit<Row, 'after'>): string {
  const edited = setValue({ path, text }, key.split('.'), { value: valueOf(value), written: value });
  return edited.ok ? edited.value.text : renderDiagnostics(edited.error);
}

/** After the edit the text is as the row says, or the errors are. */
export const claim = (row: Row): void => {
  assert.is(set(row), row.after);
};
