import { type BotFlagged, type Fact, platform, type RequestRefused } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { keepSecurityEvent } from '../command/keep-security-event.ts';

/**
 * Keeps what a door refused or flagged for a tenant. What concerns no tenant stands in the audit log of the platform
 * alone.
 */
export const onSecurityEvent =
  (dependencies: Parameters<typeof keepSecurityEvent>[0]) =>
  async ({ id, type, time, data }: Fact<typeof RequestRefused | typeof BotFlagged>): Promise<Outcome> => {
    const { tenantId } = data;
    if (tenantId === platform) return 'ack';
    const event = { tenantId, factId: id, type, atMs: Date.parse(time), data: JSON.stringify(data) };
    await keepSecurityEvent(dependencies, event);
    return 'ack';
  };
