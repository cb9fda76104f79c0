import { ToolReason, ToolVia } from '@vox/contracts';
import { counter, gauge, histogram } from './instrument.ts';
import { faultCode, reason, tenantClass } from './label-values.ts';
import { configuredNames, oneOf } from './labels.ts';

/** What is measured of calls: what was decided of them, how long it took, what they take up, and their provider. */
export const decisionCount = counter({
  name: 'vox.decisions',
  unit: '{decision}',
  about: 'What was decided of requests and calls.',
  labels: {
    service: oneOf(['edge-guard', 'quota', 'session-broker'], 'who decided'),
    decision: oneOf(['admitted', 'granted', 'denied', 'ended', 'refused']),
    reason,
    tenant_class: tenantClass,
  },
  in: ['edge-guard', 'quota', 'session-broker'],
});

export const requestDuration = histogram({
  name: 'vox.session_request.duration',
  unit: 's',
  about: 'From the arrival of a session request at the door to its answer.',
  labels: { outcome: faultCode },
  in: ['edge-guard'],
});

export const grantLegs = ['decision', 'to-quota', 'quota', 'to-broker', 'broker'] as const;
export type GrantLeg = (typeof grantLegs)[number];

export const legDuration = histogram({
  name: 'vox.grant.leg.duration',
  unit: 's',
  about: 'How long each leg of the way of a session request took.',
  labels: {
    leg: oneOf(
      grantLegs,
      'decision: all that the edge waits for, behind its checks; to-quota, to-broker: from publishing a fact to its handler; quota, broker: in the handler, with the provider’s time',
    ),
  },
  in: ['edge-guard', 'quota', 'session-broker'],
});

export const budgetUse = histogram({
  name: 'vox.budget.use',
  unit: '1',
  about: 'Of the nearest cap of a tenant, what was settled and reserved when a request was decided.',
  labels: { period: oneOf(['day', 'month']), tenant_class: tenantClass },
  in: ['quota'],
});

export const modelsEnding = gauge({
  name: 'vox.models.ending',
  unit: '{model}',
  about:
    'Models that agents of tenants may call with and that the provider shuts down within 60 days, or has shut down.',
  labels: {},
  in: ['quota'],
});

export const slotUse = histogram({
  name: 'vox.slots.use',
  unit: '1',
  about: 'Of the open calls that a tenant may have, what was taken when a request was decided.',
  labels: { tenant_class: tenantClass },
  in: ['session-broker'],
});

export const providerOperations = ['client-secret', 'make-call', 'sideband', 'hang-up'] as const;
export type ProviderOperation = (typeof providerOperations)[number];

/** No installation needs more providers than this. */
const provider = configuredNames(16, 'the provider, by its id in the configuration');

export const providerDuration = histogram({
  name: 'vox.provider.request.duration',
  unit: 's',
  about: 'From asking the provider for something to its answer.',
  labels: {
    provider,
    operation: oneOf(providerOperations),
    outcome: oneOf(
      ['ok', 'refused', 'failed'],
      'ok, refused (it is well and will not do this: a bad offer, an unknown call), failed',
    ),
  },
  in: ['session-broker'],
});

export const breakerOpen = gauge({
  name: 'vox.provider.breaker_open',
  unit: '{breaker}',
  about: '1 while nobody waits for a provider to begin a call, because it failed too often.',
  labels: { provider },
  in: ['session-broker'],
});

export const sidebandsOpen = gauge({
  name: 'vox.provider.sidebands',
  unit: '{connection}',
  about: 'Open connections to providers over which this copy hears calls, those of calls it stands by for included.',
  labels: { provider },
  in: ['session-broker'],
});

export const toolUses = counter({
  name: 'vox.tool.uses',
  unit: '{use}',
  about: 'Uses of tools that were asked for, by what became of them.',
  labels: {
    via: oneOf(
      [...ToolVia.options, 'try'],
      'who asked: browser, in direct calls; provider, in brokered ones; try, somebody who tries it outside of calls',
    ),
    outcome: oneOf(
      ['ok', 'not-ok', 'refused', 'failed', 'interrupted'],
      'ok, not-ok (it answered that it has not done it), refused (nothing was sent), failed, interrupted (nobody knows)',
    ),
    reason: oneOf(['', ...ToolReason.options], 'why not: a reason of the contract, or nothing'),
  },
  in: ['session-broker'],
});
