import type { Fact, UsageReported } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type ProveCallDependencies, proveCall } from '../command/prove-call.ts';

/**
 * Usage shows that a direct call is real, as far as that can be shown: the provider signs nothing that a browser could
 * pass on, and tells nobody whether such a call exists. Reported usage is booked, and a heartbeat is not.
 */
export const onUsageReported =
  (dependencies: ProveCallDependencies) =>
  async ({ data }: Fact<typeof UsageReported>): Promise<Outcome> => {
    const { cachedIn: _part, ...used } = data.usage;
    if (Object.values(used).some((tokens = 0) => tokens > 0)) await proveCall(dependencies, data);
    return 'ack';
  };
