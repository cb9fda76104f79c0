import { allowsMode, type CallMode, type Policy } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

type Needs = Readonly<{ policy: Policy; body: Readonly<{ offer?: string | undefined }> }>;

/** Finds out who shall make the call, and refuses what the tenant does not allow, saying what to send instead. */
export const callMode = check({
  name: 'call mode',
  whenDown: 'no store',
  run:
    () =>
    ({ policy, body }: Needs): Readonly<{ mode: CallMode }> => {
      const mode = body.offer === undefined ? 'direct' : 'brokered';
      if (allowsMode(policy.calls, mode)) return { mode };
      if (mode === 'direct') throw new Fault('BROKERED_ONLY', { message: 'send an `offer`: the SDP of your peer' });
      throw new Fault('DIRECT_ONLY', { message: 'leave `offer` out: this tenant’s calls begin with a client secret' });
    },
});
