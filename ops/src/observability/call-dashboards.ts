import type { Dashboard } from './grafana.ts';
import { most, overWindows, percentiles, rate, share, shareAbove, sumBy } from './queries.ts';

const decided = (service: string, decision: string) =>
  `vox_decisions_total{service="${service}", decision="${decision}"}`;

export const overview: Dashboard = {
  uid: 'vox-overview',
  title: 'overview',
  about: 'Whether visitors get their calls, how fast, and what stands in the way.',
  panels: [
    {
      title: 'Failed session requests',
      about: 'The objective is 0.1 % in 30 days.',
      unit: 'percentunit',
      redFrom: 0.001,
      queries: overWindows('vox:session_requests:errors_ratio'),
    },
    {
      title: 'Calls granted later than 2.5 s',
      about: 'The objective is 1 % in 30 days.',
      unit: 'percentunit',
      redFrom: 0.01,
      queries: overWindows('vox:session_grants:slow_ratio'),
    },
    {
      title: 'Session requests by outcome',
      about: 'Granted, and each code of a refusal.',
      unit: 'reqps',
      queries: [rate('vox_session_request_duration_seconds_count', 'outcome')],
    },
    {
      title: 'Calls that begin',
      about: 'Three times as many as in the day before is an alert.',
      unit: 'reqps',
      queries: [rate(decided('session-broker', 'granted'), 'tenant_class')],
    },
    {
      title: 'Calls that end, by reason',
      about: 'client, idle and max_duration are the usual ones.',
      unit: 'reqps',
      queries: [rate(decided('session-broker', 'ended'), 'reason')],
    },
    {
      title: 'Copies that answer at /metrics',
      about: 'By service.',
      unit: 'short',
      queries: [{ expr: 'sum by (job) (up{job!~"prometheus|collector"})', legend: '{{job}}' }],
    },
    {
      title: 'Dependencies that do not answer',
      about: 'One for each copy that misses one.',
      unit: 'short',
      redFrom: 1,
      queries: [{ expr: 'sum by (job, dependency) (1 - vox_dependency_up)', legend: '{{job}}: {{dependency}}' }],
    },
    {
      title: 'Event loop held (p99)',
      about: 'A copy that is held for long needs more copies beside it.',
      unit: 's',
      redFrom: 0.2,
      queries: [most('vox_event_loop_delay_seconds{percentile="99"}', 'job')],
    },
    {
      title: 'Clock offset',
      about: 'Of the wall clock of a machine from the time that the copies agree on.',
      unit: 's',
      redFrom: 2,
      queries: [most('abs(vox_clock_offset_seconds)', 'job')],
    },
  ],
};

export const callsWay: Dashboard = {
  uid: 'vox-call',
  title: 'a call’s way',
  about: 'Where the time of a session request goes, leg by leg.',
  panels: [
    {
      title: 'From the door to the answer',
      about: 'By outcome.',
      unit: 's',
      queries: percentiles('vox_session_request_duration_seconds', 'outcome'),
    },
    {
      title: 'Each leg',
      about: 'decision: all behind the checks of the edge. The rest are its parts.',
      unit: 's',
      queries: percentiles('vox_grant_leg_duration_seconds', 'leg'),
    },
    {
      title: 'The provider’s part',
      about: 'A brokered call makes the call and opens a sideband; a direct one asks for a client secret.',
      unit: 's',
      queries: percentiles('vox_provider_request_duration_seconds', 'provider, operation'),
    },
    {
      title: 'What quota decides',
      about: 'Admitted or denied.',
      unit: 'reqps',
      queries: [
        rate(decided('quota', 'admitted'), 'tenant_class', 'admitted, {{tenant_class}}'),
        rate(decided('quota', 'denied'), 'reason'),
      ],
    },
    {
      title: 'What the broker decides',
      about: 'Granted or denied.',
      unit: 'reqps',
      queries: [
        rate(decided('session-broker', 'granted'), 'tenant_class', 'granted, {{tenant_class}}'),
        rate(decided('session-broker', 'denied'), 'reason'),
      ],
    },
    {
      title: 'Questions, by their 99th percentile',
      about: 'Heartbeats and whatever is managed.',
      unit: 's',
      queries: percentiles('vox_question_duration_seconds', 'question').slice(1),
    },
    {
      title: 'Tenants at their limit of open calls',
      about: 'Of the requests, those that met a tenant with more than 90 % of its calls open.',
      unit: 'percentunit',
      queries: [shareAbove('vox_slots_use_ratio', 0.9, 'tenant_class')],
    },
  ],
};

export const provider: Dashboard = {
  uid: 'vox-provider',
  title: 'provider',
  about: 'How the provider does.',
  panels: [
    {
      title: 'Answers by outcome',
      about: 'failed: it gave none, or one that is of no use.',
      unit: 'reqps',
      queries: [
        {
          expr: 'sum by (provider, operation, outcome) (rate(vox_provider_request_duration_seconds_count[$__rate_interval]))',
          legend: '{{provider}}, {{operation}}: {{outcome}}',
        },
      ],
    },
    {
      title: 'Failures',
      about: 'Above 10 % is an alert.',
      unit: 'percentunit',
      redFrom: 0.1,
      queries: [share('vox_provider_request_duration_seconds_count', 'outcome="failed"', 'all operations')],
    },
    {
      title: 'Time to its answer',
      about: 'By provider and operation.',
      unit: 's',
      queries: percentiles('vox_provider_request_duration_seconds', 'provider, operation'),
    },
    {
      title: 'Breakers open',
      about: 'Copies of session-broker that leave the provider alone.',
      unit: 'short',
      redFrom: 1,
      queries: [sumBy('vox_provider_breaker_open', 'provider')],
    },
    {
      title: 'Sidebands',
      about: 'Connections over which calls are heard, those of standing by included.',
      unit: 'short',
      queries: [sumBy('vox_provider_sidebands', 'provider')],
    },
    {
      title: 'Models that end',
      about: 'Within 60 days, or already.',
      unit: 'short',
      redFrom: 1,
      queries: [{ expr: 'max(vox_models_ending)', legend: 'models' }],
    },
  ],
};
