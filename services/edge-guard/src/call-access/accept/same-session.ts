import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

type Needs = Readonly<{ sessionId: string; body: Readonly<{ sm_session_id?: string | undefined }> }>;

/** Refuses a body that names another call than its token. */
export const sameSession = check({
  name: 'same session',
  whenDown: 'no store',
  run:
    () =>
    ({ sessionId, body }: Needs): void => {
      if (body.sm_session_id !== undefined && body.sm_session_id !== sessionId) throw new Fault('NOT_FOUND');
    },
});
