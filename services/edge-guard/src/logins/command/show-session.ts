import { ShowLogin } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { soon } from '../../checks/mod.ts';
import type { Login } from './find-login.ts';

/** Who is signed in, and until when. */
export const showSession =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  async ({ login }: Readonly<{ login: Login }>) => {
    const { loginId, ...shown } = await bus.ask(ShowLogin, { login: login.token }, soon);
    return { ok: true, ...shown, sessionId: loginId };
  };
