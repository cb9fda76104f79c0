import type { Bus } from '@vox/platform/bus';
import { type EndLoginDependencies, endLogin } from '../command/end-login.ts';
import { forgetLogin } from '../command/forget-login.ts';
import { publishLogin } from '../command/publish-login.ts';
import { goneAtMs } from '../decide/login.ts';
import type { Logins } from '../keep.ts';

export type OnLoginsDueDependencies = EndLoginDependencies &
  Readonly<{ bus: Pick<Bus, 'documents'>; logins: Pick<Logins, 'due' | 'update' | 'remove' | 'tagged'> }>;

const page = 200;
const itself = { actor: 'service:auth' };

/** Publishes what a crash left, ends logins whose time is over, and forgets those of which no token lives. */
export async function onLoginsDue(dependencies: OnLoginsDueDependencies): Promise<void> {
  const nowMs = dependencies.clock.now().getTime();
  for (const { key, state } of await dependencies.logins.due(nowMs, page)) {
    if (state.untold.length > 0) await publishLogin(dependencies, key, state);
    else if (state.endedAtMs === null)
      await endLogin(dependencies, key, { why: 'expired', by: itself, isOf: (login) => login.expiresAtMs <= nowMs });
    else if (goneAtMs(state) <= nowMs) await forgetLogin(dependencies, key);
  }
}
