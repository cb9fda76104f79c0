import type { Policy } from '@vox/contracts';
import { type Asked, check } from '../../checks/mod.ts';
import type { Once } from '../../idempotency/mod.ts';
import type { Caller } from '../../identity/mod.ts';
import { type BotDependencies, type BotVerdict, checkBot } from '../command/check-bot.ts';

type Needs = Asked &
  Readonly<{
    policy: Policy;
    caller: Caller;
    origin: string;
    ip: string;
    once: Once | undefined;
    body: Readonly<{ bot?: Readonly<{ kind: string; proof?: string | undefined }> | undefined }>;
  }>;

/**
 * A call is for people. What was answered before is answered again, for its proof is spent; and a console user has
 * proved more than a visitor can. While the verifier gives no answer, the tenant’s policy denies, or lets pass and
 * flags.
 */
export const bot = check({
  name: 'bot',
  whenDown: 'per policy',
  run:
    (dependencies: BotDependencies) =>
    async ({
      request,
      policy,
      caller,
      origin,
      ip,
      once,
      body,
    }: Needs): Promise<Readonly<{ botVerdict: BotVerdict }>> => {
      if (once?.answered !== undefined || caller.kind === 'login') return { botVerdict: 'not-asked' };
      const shown = { bot: body.bot, header: (name: string) => request.get(name) };
      return { botVerdict: await checkBot(dependencies, { policy, place: { origin, ip }, shown }) };
    },
});
