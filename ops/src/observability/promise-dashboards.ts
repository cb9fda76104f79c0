import type { Dashboard } from './grafana.ts';
import { most, percentiles, rate, shareAbove } from './queries.ts';

export const budget: Dashboard = {
  uid: 'vox-budget',
  title: 'budget',
  about: 'How near tenants are to their budgets and slots, by the class of a tenant.',
  panels: [
    {
      title: 'Requests that met a budget used by more than 80 %',
      about: 'Any is an alert. Which tenant it is stands in the fact vox.quota.threshold and in `vox limit show`.',
      unit: 'percentunit',
      queries: [shareAbove('vox_budget_use_ratio', 0.8, 'tenant_class, period')],
    },
    {
      title: 'Budget in use',
      about: 'Of the nearest cap, when a request was decided.',
      unit: 'percentunit',
      queries: percentiles('vox_budget_use_ratio', 'period'),
    },
    {
      title: 'Slots in use',
      about: 'Of the open calls that a tenant may have, when a request was decided.',
      unit: 'percentunit',
      queries: percentiles('vox_slots_use_ratio', 'tenant_class'),
    },
    {
      title: 'Denied for a limit',
      about: 'Budget, open calls and starts in a minute.',
      unit: 'reqps',
      queries: [rate('vox_decisions_total{decision="denied", reason=~"quota|too-many-open|rate-of-starts"}', 'reason')],
    },
    {
      title: 'Calls that a limit ended',
      about: 'Budget, longest time, idleness.',
      unit: 'reqps',
      queries: [rate('vox_decisions_total{decision="ended", reason=~"quota|max_duration|idle"}', 'reason')],
    },
  ],
};

export const compliance: Dashboard = {
  uid: 'vox-compliance',
  title: 'compliance',
  about: 'Whether promises to persons are kept, and what tenants are told.',
  panels: [
    {
      title: 'Kept beyond its promise',
      about: 'The oldest item of each class after the last sweep.',
      unit: 's',
      redFrom: 3_600,
      queries: [most('vox_retention_oldest_overdue_seconds', 'class')],
    },
    {
      title: 'Persons’ requests that are open',
      about: 'blocked: by a legal hold.',
      unit: 'short',
      queries: [most('vox_privacy_requests_open', 'state')],
    },
    {
      title: 'Persons’ requests that are overdue',
      about: 'Any is an alert.',
      unit: 'short',
      redFrom: 1,
      queries: [most('vox_privacy_requests_overdue', 'state')],
    },
    {
      title: 'What compliance has not heard yet',
      about: 'The age of the oldest fact that is not in the audit log or in a transcript.',
      unit: 's',
      queries: [most('vox_bus_oldest_age_seconds{consumer=~"compliance-.+"}', 'consumer')],
    },
    {
      title: 'Mails',
      about: 'What became of each, and how many wait.',
      unit: 'short',
      queries: [rate('vox_mails_tried_total', 'outcome'), { expr: 'max(vox_mails_waiting)', legend: 'waiting' }],
    },
    {
      title: 'Webhooks',
      about: 'What became of each, and how many wait.',
      unit: 'short',
      queries: [rate('vox_webhook_tries_total', 'outcome'), { expr: 'max(vox_webhook_waiting)', legend: 'waiting' }],
    },
    {
      title: 'Tools',
      about: 'What became of uses of tools.',
      unit: 'short',
      queries: [rate('vox_tool_uses_total', 'outcome')],
    },
  ],
};
