import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { KeyEnvironment, TenantId, WidgetKey } from '../values/ids.ts';

export const AgingKeyKind = z.enum(['widget-key', 'api-key', 'secret', 'webhook-secret']);
export type AgingKeyKind = z.infer<typeof AgingKeyKind>;
export const AgingCause = z.enum(['old', 'unused']).describe('90 days old, or not used for 90 days');
export type AgingCause = z.infer<typeof AgingCause>;

/** A key of this age should be rotated, and one that was not used for so long should be revoked. */
export const agingDays = 90;

export const KeyAging = factKind({
  name: 'vox.identity.key-aging',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A key or secret turned 90 days old, or was not used for 90 days: once for each key and cause.',
  data: z.object({
    tenantId: TenantId,
    kind: AgingKeyKind,
    keyId: z.string().min(1).max(128).describe('its public name, never the secret itself'),
    cause: AgingCause,
    since: z.iso.datetime().describe('when it was made or first seen, or when it was used last'),
  }),
});

const count = z.number().int().nonnegative();
const keyAge = {
  createdAt: z.iso.datetime().nullable().describe('null for a key from before this was kept'),
  firstSeenAt: z.iso.datetime().describe('from when its age counts where it is not known when it was made'),
  ageDays: count,
  lastUsedAt: z.iso.datetime().nullable().describe('to the minute; null when no call was granted since that is kept'),
};

export const ReadWidgetKeyUsage = question(
  'auth',
  'widget-key-usage',
  'Calls that were granted under a widget key, by day (UTC), and when it was used last.',
  z.strictObject({
    tenantId: TenantId,
    widgetKey: WidgetKey,
    days: z.number().int().min(1).max(agingDays).default(30).describe('so many days up to today'),
  }),
  z.object({
    widgetKey: WidgetKey,
    ...keyAge,
    days: z.array(z.object({ day: z.iso.date(), granted: count })).describe('oldest first, each day of the span'),
  }),
  { action: 'widget-keys.usage' },
);

export const WidgetKeyState = z.enum(['active', 'expiring', 'expired', 'revoked', 'halted']);

export type WidgetKeyState = z.infer<typeof WidgetKeyState>;

export const ListWidgetKeys = question(
  'auth',
  'widget-key-list',
  'Every widget key of a tenant, dead ones too, in pages.',
  z.strictObject({
    tenantId: TenantId,
    environment: KeyEnvironment.optional(),
    state: WidgetKeyState.optional(),
    after: WidgetKey.optional().describe('goes on behind this key'),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({
    widgetKeys: z.array(
      z.object({
        widgetKey: WidgetKey,
        label: z.string(),
        environment: KeyEnvironment,
        origins: z.array(z.string()),
        agentIds: z.array(z.string()).nullable().describe('null means all'),
        state: WidgetKeyState.describe('expiring: it works, and its end is set'),
        ...keyAge,
        expiresAt: z.iso.datetime().nullable(),
        revokedAt: z.iso.datetime().nullable(),
      }),
    ),
    next: WidgetKey.nullable(),
  }),
  { action: 'widget-keys.list' },
);

export const keyAgeFacts = [KeyAging] as const;
export const keyAgeQuestions = [ReadWidgetKeyUsage, ListWidgetKeys] as const;
