import { BotFlagged, makeFact } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';

/** Publishes that a call was let through unproved: the verifier gave no answer, and the policy says to flag. */
export const flagBot =
  (bus: Bus, clock: Clock, uuid: () => string) =>
  (tenantId: string, verifier: string): Promise<unknown> =>
    bus.publish(
      BotFlagged,
      makeFact(
        BotFlagged,
        { id: uuid(), source: 'edge-guard', at: clock.now() },
        { tenantId, verifier, cause: 'the verifier gave no answer' },
      ),
    );
