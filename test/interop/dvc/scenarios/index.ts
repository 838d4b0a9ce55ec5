import type { Scenario } from '../scenario.ts';
import { ABSENT } from './absent.ts';
import { ADD } from './add.ts';
import { CHANGES } from './changes.ts';
import { DAG } from './dag.ts';
import { DIFF } from './diff.ts';
import { FILES } from './files.ts';
import { FLAGS } from './flags.ts';
import { FOUND } from './found.ts';
import { HISTORY } from './history.ts';
import { HISTORY_DATA } from './history-data.ts';
import { IMPORTS } from './imports.ts';
import { LEFT_OVER } from './left-over.ts';
import { LINKS } from './links.ts';
import { PLOTS } from './plots.ts';
import { REMOTES } from './remotes.ts';
import { SCOPES } from './scopes.ts';
import { SELECTION } from './selection.ts';
import { STAGE_COMMANDS } from './stage-commands.ts';
import { STAGES } from './stages.ts';
import { STAGES_TOO } from './stages-more.ts';
import { STATUS } from './status.ts';
import { TEMPLATING } from './templating.ts';
import { UNSAVED } from './unsaved.ts';
import { VALUES } from './values.ts';
import { WORK } from './work.ts';

const GROUPS: Readonly<Record<string, readonly Scenario[]>> = {
  absent: ABSENT,
  add: ADD,
  changes: CHANGES,
  dag: DAG,
  diff: DIFF,
  files: FILES,
  flags: FLAGS,
  found: FOUND,
  history: HISTORY,
  'history of data': HISTORY_DATA,
  imports: IMPORTS,
  'left over': LEFT_OVER,
  links: LINKS,
  plots: PLOTS,
  remotes: REMOTES,
  scopes: SCOPES,
  selection: SELECTION,
  'stage-commands': STAGE_COMMANDS,
  stages: STAGES,
  'stages too': STAGES_TOO,
  status: STATUS,
  templating: TEMPLATING,
  unsaved: UNSAVED,
  values: VALUES,
  work: WORK,
};

/** Each name once; a group's name stands before it. */
export const SCENARIOS: readonly Scenario[] = Object.entries(GROUPS).flatMap(([group, scenarios]) =>
  scenarios.map((scenario) => ({ ...scenario, name: `${group}: ${scenario.name}` })),
);
