/**
 * How long a plan is going to take, for the commands that show one.
 *
 * @module
 */

import type { Plan } from '../plan/index.ts';
import { forecastJson, forecastText, planJson } from '../report/index.ts';
import { type Forecast, forecast, readDurations } from '../runs/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { defaultJobs } from './jobs.ts';

export function forecastPlan(workspace: Workspace, plan: Plan, jobs?: number): Forecast | undefined {
  const { fs, state, pipeline, project } = workspace;
  return forecast(plan, pipeline.graph, readDurations(fs, state), jobs ?? defaultJobs(project));
}

/** To stand below a plan: begins with a line break where there is something to say. */
export function forecastBelow(expected: Forecast | undefined): string {
  const text = expected === undefined ? '' : forecastText(expected);
  return text === '' ? '' : `\n${text}`;
}

export const planWithForecastJson = (plan: Plan, expected: Forecast | undefined): object => ({
  stages: planJson(plan).map((stage) => {
    const ms = expected?.durations.get(stage.name);
    return ms === undefined ? stage : { ...stage, expectedMs: Math.round(ms) };
  }),
  forecast: expected === undefined ? null : forecastJson(expected),
});
