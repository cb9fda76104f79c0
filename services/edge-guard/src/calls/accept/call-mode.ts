import { allowsMode, type CallMode, type Policy } from '@vox/contracts';
import { check } from '../../checks/mod.ts';
import { faultOfMode } from '../command/fault-of-denial.ts';

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
      throw faultOfMode(mode);
    },
});
