import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { identityKinds, platform, TenantId, WidgetKey } from '../values/ids.ts';
import { BudgetLimit } from './limit-override.ts';

const policyVersion = z.number().int().positive().optional().describe('the policy under which this is in force');

export const TenantCreated = factKind({
  name: 'vox.identity.tenant-created',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A tenant was created.',
  data: z.object({ tenantId: TenantId, ...acting }),
});

export const PolicyChanged = factKind({
  name: 'vox.identity.policy-changed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A tenant’s policy took a new version.',
  data: z.object({ tenantId: TenantId, version: z.number().int().positive(), ...acting }),
});

export const TenantSuspended = factKind({
  name: 'vox.identity.tenant-suspended',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A tenant may start no calls, and its live ones end.',
  data: z.object({ tenantId: TenantId, policyVersion, ...acting }),
});

export const TenantResumed = factKind({
  name: 'vox.identity.tenant-resumed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A suspended tenant may start calls again.',
  data: z.object({ tenantId: TenantId, ...acting }),
});

export const KeyCreated = factKind({
  name: 'vox.identity.key-created',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A widget key was created.',
  data: z.object({ tenantId: TenantId, widgetKey: WidgetKey, ...acting }),
});

export const KeyRotated = factKind({
  name: 'vox.identity.key-rotated',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A widget key got a successor and dies after its grace.',
  data: z.object({
    tenantId: TenantId,
    widgetKey: WidgetKey,
    successor: WidgetKey,
    graceEndsAt: z.iso.datetime(),
    ...acting,
  }),
});

export const KeyRevoked = factKind({
  name: 'vox.identity.key-revoked',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A widget key is dead from now on, and calls under it end.',
  data: z.object({ tenantId: TenantId, widgetKey: WidgetKey, policyVersion, ...acting }),
});

const halted = WidgetKey.optional().describe('the key that is meant; all of the tenant’s when left out');

export const KillSwitchEngaged = factKind({
  name: 'vox.identity.kill-switch-engaged',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'Nobody may start calls of a tenant or of one of its keys, and the live ones end.',
  data: z.object({ tenantId: TenantId, widgetKey: halted, policyVersion, ...acting }),
});

export const KillSwitchReleased = factKind({
  name: 'vox.identity.kill-switch-released',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'Calls of a tenant or of one of its keys may begin again.',
  data: z.object({ tenantId: TenantId, widgetKey: halted, ...acting }),
});

export const SigningKeyRotated = factKind({
  name: 'vox.identity.signing-key-rotated',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'Tokens of one use are signed with a new key from now on.',
  data: z.object({ tenantId: z.literal(platform), use: z.string(), kid: z.string(), ...acting }),
});

export const LimitOverridden = factKind({
  name: 'vox.quota.limit-overridden',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A limit of a tenant is another one until a moment, or its override has ended before its time.',
  data: z.object({
    tenantId: TenantId,
    identityKind: z.enum(identityKinds),
    limit: BudgetLimit,
    value: z.number().int().nonnegative().nullable().describe('null when the policy binds again'),
    until: z.iso.datetime().nullable().describe('null when the policy binds again'),
    policyVersion,
    ...acting,
  }),
});

/** The facts of tenants and their keys. */
export const identityFacts = [
  TenantCreated,
  PolicyChanged,
  TenantSuspended,
  TenantResumed,
  KeyCreated,
  KeyRotated,
  KeyRevoked,
  KillSwitchEngaged,
  KillSwitchReleased,
  SigningKeyRotated,
  LimitOverridden,
] as const;
