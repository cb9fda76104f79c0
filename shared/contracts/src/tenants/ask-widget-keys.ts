import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { fieldSentences } from '../values/field-mistakes.ts';
import { AgentId, KeyEnvironment, TenantId, WidgetKey } from '../values/ids.ts';
import { WrittenOrigin } from '../values/origin.ts';

export const CreateWidgetKey = question(
  'auth',
  'widget-key-create',
  'Creates a widget key bound to exact origins.',
  z.strictObject({
    tenantId: TenantId,
    label: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, fieldSentences['key-label']),
    origins: z.array(WrittenOrigin).min(1).max(32),
    agentIds: z.array(AgentId).min(1).optional(),
    environment: KeyEnvironment.default('production').describe('where the pages of its origins stand'),
    expiresAt: z.iso.datetime().optional().describe('when it dies by itself; it lives until revoked when left out'),
    ...acting,
  }),
  z.object({ widgetKey: WidgetKey }),
  { action: 'widget-keys.create' },
);

export const RotateWidgetKey = question(
  'auth',
  'widget-key-rotate',
  'Gives a key a successor with the same origins; the old one dies after its grace.',
  z.strictObject({
    tenantId: TenantId,
    widgetKey: WidgetKey,
    graceSeconds: z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400),
    expiresAt: z.iso.datetime().optional().describe('when the successor dies by itself'),
    ...acting,
  }),
  z.object({ widgetKey: WidgetKey, graceEndsAt: z.iso.datetime() }),
  { action: 'widget-keys.rotate' },
);

export const RevokeWidgetKey = question(
  'auth',
  'widget-key-revoke',
  'Kills a key at once and for ever; calls under it end.',
  z.strictObject({ tenantId: TenantId, widgetKey: WidgetKey, ...acting }),
  z.object({ revokedAt: z.iso.datetime() }),
  { action: 'widget-keys.revoke' },
);
