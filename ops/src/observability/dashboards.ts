import { callsWay, overview, provider } from './call-dashboards.ts';
import { type Dashboard, grafanaJson } from './grafana.ts';
import { budget, compliance } from './promise-dashboards.ts';
import { bus, edge } from './system-dashboards.ts';

/** The dashboards, by the names of their files. */
export const dashboards: Readonly<Record<string, Dashboard>> = {
  overview,
  'calls-way': callsWay,
  edge,
  bus,
  budget,
  compliance,
  provider,
};

/** The files of all dashboards, by their paths from the root of the repository. */
export const dashboardPages: Readonly<Record<string, () => string>> = Object.fromEntries(
  Object.entries(dashboards).map(([name, dashboard]) => [
    `ops/observability/grafana/dashboards/${name}.json`,
    () => `${JSON.stringify(grafanaJson(dashboard), null, 2)}\n`,
  ]),
);
