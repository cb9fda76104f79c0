/** What a number stands for, in Grafana's words. */
export type GrafanaUnit = 's' | 'bytes' | 'percentunit' | 'short' | 'reqps';

export type Query = Readonly<{
  /** PromQL. */
  expr: string;
  /** What a line is called; `{{label}}` is filled in. */
  legend: string;
}>;

export type Panel = Readonly<{
  title: string;
  /** What a reader should see in it. */
  about: string;
  unit: GrafanaUnit;
  queries: readonly Query[];
  /** From here on a value is drawn in red. */
  redFrom?: number;
}>;

export type Dashboard = Readonly<{ uid: string; title: string; about: string; panels: readonly Panel[] }>;

const datasource = { type: 'prometheus', uid: 'prometheus' };
const [columns, width, height] = [3, 8, 8];

const thresholdsOf = ({ redFrom }: Panel) => ({
  mode: 'absolute',
  steps: [{ color: 'green', value: null }, ...(redFrom === undefined ? [] : [{ color: 'red', value: redFrom }])],
});

const panelOf = (panel: Panel, at: number) => ({
  id: at + 1,
  type: 'timeseries',
  title: panel.title,
  description: panel.about,
  datasource,
  gridPos: { h: height, w: width, x: (at % columns) * width, y: Math.floor(at / columns) * height },
  fieldConfig: {
    defaults: {
      unit: panel.unit,
      min: 0,
      thresholds: thresholdsOf(panel),
      custom: { thresholdsStyle: { mode: panel.redFrom === undefined ? 'off' : 'line' }, fillOpacity: 8 },
    },
    overrides: [],
  },
  options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
  targets: panel.queries.map(({ expr, legend }, n) => ({
    refId: String.fromCharCode(65 + n),
    datasource,
    expr,
    legendFormat: legend,
  })),
});

/** A dashboard in Grafana’s own JSON model. */
export const grafanaJson = ({ uid, title, about, panels }: Dashboard): object => ({
  uid,
  title: `VOX: ${title}`,
  description: about,
  tags: ['vox'],
  timezone: 'utc',
  schemaVersion: 39,
  editable: false,
  graphTooltip: 1,
  refresh: '30s',
  time: { from: 'now-3h', to: 'now' },
  links: [{ title: 'VOX', type: 'dashboards', tags: ['vox'], asDropdown: true, keepTime: true, includeVars: false }],
  panels: panels.map(panelOf),
});
