import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { platform, TenantId, WidgetKey } from '../values/ids.ts';

const policyVersion = z.number().int().positive().optional().describe('the policy under which this is in force');

export const TenantCreated = factKind(
  'vox.identity.tenant-created',
  1,
  'tenant',
  'A tenant was created.',
  z.object({ tenantId: TenantId, ...acting }),
);

export const PolicyChanged = factKind(
  'vox.identity.policy-changed',
  1,
  'tenant',
  'A tenant’s policy took a new version.',
  z.object({ tenantId: TenantId, version: z.number().int().positive(), ...acting }),
);

export const TenantSuspended = factKind(
  'vox.identity.tenant-suspended',
  1,
  'tenant',
  'A tenant may start no calls, and its live ones end.',
  z.object({ tenantId: TenantId, policyVersion, ...acting }),
);

export const TenantResumed = factKind(
  'vox.identity.tenant-resumed',
  1,
  'tenant',
  'A suspended tenant may start calls again.',
  z.object({ tenantId: TenantId, ...acting }),
);

export const KeyCreated = factKind(
  'vox.identity.key-created',
  1,
  'tenant',
  'A widget key was created.',
  z.object({ tenantId: TenantId, widgetKey: WidgetKey, ...acting }),
);

export const KeyRotated = factKind(
  'vox.identity.key-rotated',
  1,
  'tenant',
  'A widget key got a successor and dies after its grace.',
  z.object({
    tenantId: TenantId,
    widgetKey: WidgetKey,
    successor: WidgetKey,
    graceEndsAt: z.iso.datetime(),
    ...acting,
  }),
);

export const KeyRevoked = factKind(
  'vox.identity.key-revoked',
  1,
  'tenant',
  'A widget key is dead from now on, and calls under it end.',
  z.object({ tenantId: TenantId, widgetKey: WidgetKey, policyVersion, ...acting }),
);

const halted = WidgetKey.optional().describe('the key that is meant; all of the tenant’s when left out');

export const KillSwitchEngaged = factKind(
  'vox.identity.kill-switch-engaged',
  1,
  'tenant',
  'Nobody may start calls of a tenant or of one of its keys, and the live ones end.',
  z.object({ tenantId: TenantId, widgetKey: halted, policyVersion, ...acting }),
);

export const KillSwitchReleased = factKind(
  'vox.identity.kill-switch-released',
  1,
  'tenant',
  'Calls of a tenant or of one of its keys may begin again.',
  z.object({ tenantId: TenantId, widgetKey: halted, ...acting }),
);

export const SigningKeyRotated = factKind(
  'vox.identity.signing-key-rotated',
  1,
  'tenant',
  'Tokens of one use are signed with a new key from now on.',
  z.object({ tenantId: z.literal(platform), use: z.string(), kid: z.string(), ...acting }),
);
