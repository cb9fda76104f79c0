import { type BotFlagged, type Fact, platform, type RequestRefused } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import type { Needs } from '../../dependencies.ts';
import { securityEventCell } from '../keep/security-events.ts';

/** Keeps what a door refused or flagged for a tenant. What concerns no tenant stands in the audit log of the platform alone. */
export const onSecurityEvent =
  ({ securityEvents }: Pick<Needs, 'securityEvents'>) =>
  async ({ id, type, time, data }: Fact<typeof RequestRefused | typeof BotFlagged>): Promise<Outcome> => {
    const { tenantId } = data;
    if (tenantId === platform) return 'ack';
    const event = { tenantId, factId: id, type, atMs: Date.parse(time), data: JSON.stringify(data) };
    await securityEvents.update(securityEventCell(tenantId, id), (now) =>
      now === undefined ? { result: undefined, state: event } : { result: undefined },
    );
    return 'ack';
  };
