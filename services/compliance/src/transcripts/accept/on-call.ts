import type { Fact, SessionEnded, SessionGranted } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type EndCall, endCall } from '../command/end-call.ts';
import { type KeepCall, keepCall } from '../command/keep-call.ts';

/** Hears that a call began and that it ended. The two may be heard in either order: an end waits for its grant. */
export const onCall =
  (dependencies: KeepCall & EndCall) =>
  async ({ data }: Fact<typeof SessionGranted | typeof SessionEnded>): Promise<Outcome> => {
    if ('endedAt' in data) return (await endCall(dependencies, data)) === 'unknown-call' ? 'retry' : 'ack';
    await keepCall(dependencies, data);
    return 'ack';
  };
