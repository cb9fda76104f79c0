import type { Dashboard } from './grafana.ts';
import { most, percentiles, rate, share, total } from './queries.ts';

export const edge: Dashboard = {
  uid: 'vox-edge',
  title: 'edge',
  about: 'Who is let in at the public door, and who is not.',
  panels: [
    {
      title: 'Edge hits',
      about: 'Requests over a limit, of all that were counted. Above 5 % is an alert.',
      unit: 'percentunit',
      redFrom: 0.05,
      queries: [share('vox_edge_limit_checks_total', 'outcome="refused"', 'refused')],
    },
    {
      title: 'Limits that were reached',
      about: 'By limit, and by who refused: Redis, or the deny cache without asking it.',
      unit: 'reqps',
      queries: [
        {
          expr: 'sum by (scope, by) (rate(vox_edge_limit_checks_total{outcome="refused"}[$__rate_interval]))',
          legend: '{{scope}}, {{by}}',
        },
      ],
    },
    {
      title: 'Bot blocks',
      about: 'Proofs that did not hold, of all that were shown. Above 20 % is an alert.',
      unit: 'percentunit',
      redFrom: 0.2,
      queries: [
        share('vox_bot_verdicts_total', 'verdict=~"blocked|unverified-blocked|no-verifier"', 'blocked'),
        share('vox_bot_verdicts_total', 'verdict=~"unverified-.+"', 'the verifier was silent'),
      ],
    },
    {
      title: 'Refusals by code',
      about: 'All of edge-guard.',
      unit: 'reqps',
      queries: [rate('vox_decisions_total{service="edge-guard", decision="refused"}', 'reason')],
    },
    {
      title: 'Requests by route and status',
      about: 'As the HTTP library measures them.',
      unit: 'reqps',
      queries: [
        {
          expr: 'sum by (http_route, http_response_status_code) (rate(http_server_request_duration_seconds_count{job="edge-guard"}[$__rate_interval]))',
          legend: '{{http_route}} {{http_response_status_code}}',
        },
      ],
    },
    {
      title: 'Without Redis',
      about: 'What copies counted or marked alone.',
      unit: 'reqps',
      queries: [
        { expr: 'sum(rate(vox_edge_degraded_total[$__rate_interval]))', legend: 'requests' },
        total('vox_edge_store_breaker_open', 'copies that leave Redis alone'),
      ],
    },
    {
      title: 'Revocations',
      about: 'From the moment at which something was revoked to the one at which a copy knew. A second is promised.',
      unit: 's',
      redFrom: 1,
      queries: percentiles('vox_revocation_delay_seconds', 'what'),
    },
    {
      title: 'Signing in',
      about: 'One-time codes, second factors and returns from tenants’ providers.',
      unit: 'reqps',
      queries: [
        rate('vox_codes_tried_total', 'outcome', 'code {{outcome}}'),
        rate('vox_second_factor_checks_total', 'outcome', 'second factor {{outcome}}'),
        rate('vox_single_sign_on_logins_total', 'outcome', 'single sign-on {{outcome}}'),
      ],
    },
  ],
};

export const bus: Dashboard = {
  uid: 'vox-bus',
  title: 'bus',
  about: 'Whether every fact has its effect, and how soon.',
  panels: [
    {
      title: 'Oldest message of a consumer',
      about: 'Requests live for five seconds.',
      unit: 's',
      queries: [most('vox_bus_oldest_age_seconds', 'consumer')],
    },
    { title: 'Lag', about: 'Messages not finished.', unit: 'short', queries: [most('vox_bus_lag', 'consumer')] },
    {
      title: 'Dead letters',
      about: 'Messages given up in an hour. Each is an alert.',
      unit: 'short',
      redFrom: 1,
      queries: [{ expr: 'sum by (consumer) (increase(vox_bus_dead_letters_total[1h]))', legend: '{{consumer}}' }],
    },
    {
      title: 'Messages by outcome',
      about: 'wait: a dependency is down.',
      unit: 'reqps',
      queries: [rate('vox_bus_deliveries_total', 'outcome')],
    },
    {
      title: 'Redeliveries',
      about: 'Messages that had been delivered before.',
      unit: 'reqps',
      queries: [rate('vox_bus_redeliveries_total', 'consumer')],
    },
    {
      title: 'Time in a handler (p99)',
      about: 'By consumer.',
      unit: 's',
      queries: percentiles('vox_bus_handle_duration_seconds', 'consumer').slice(1),
    },
    {
      title: 'How full streams are',
      about: 'A full stream refuses.',
      unit: 'percentunit',
      redFrom: 0.8,
      queries: [
        {
          expr: 'max by (stream) (vox_stream_size_bytes) / max by (stream) (vox_stream_limit_bytes)',
          legend: '{{stream}}',
        },
      ],
    },
    { title: 'Streams', about: 'What they hold.', unit: 'bytes', queries: [most('vox_stream_size_bytes', 'stream')] },
  ],
};
