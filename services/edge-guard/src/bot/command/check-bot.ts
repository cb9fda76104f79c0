import type { Policy } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import type { SessionBody } from '../../calls/accept/bodies.ts';
import type { Needs } from '../../dependencies.ts';
import type { Challenge, Page } from '../decide/verifier.ts';

type Asking = Readonly<{ policy?: Policy; origin?: string | undefined; ip: string; body: SessionBody }>;

/** What a page of this tenant needs for its proof; `null` where none is asked for. */
export async function challengeFor(
  needs: Needs,
  policy: Policy,
  page: Omit<Page, 'tenantId'>,
): Promise<Challenge | null> {
  const { mode } = policy.bot;
  if (mode === 'off' || !needs.settings.botProtection) return null;
  const verifier = needs.verifiers[mode];
  return verifier === undefined ? { kind: mode } : verifier.challenge({ tenantId: policy.tenantId, ...page });
}

/**
 * A call is for people. Throws Fault BOT_BLOCKED for a proof that does not hold, and where the tenant asks for a verifier that this
 * installation does not have. While the verifier gives no answer, the tenant’s policy denies, or lets pass and flags.
 */
export async function checkBot(needs: Needs, request: Request, { policy, origin, ip, body }: Asking): Promise<void> {
  if (policy === undefined || origin === undefined) throw new Fault('BOT_BLOCKED');
  const { mode, whenUnavailable } = policy.bot;
  if (mode === 'off' || !needs.settings.botProtection) return;
  const verifier = needs.verifiers[mode];
  if (verifier === undefined) throw new Fault('BOT_BLOCKED');
  const page = { tenantId: policy.tenantId, origin, ip };
  const proof = {
    given: body.bot?.kind === mode ? body.bot.proof : undefined,
    header: (name: string) => request.get(name),
  };
  const isPerson = await verifier.verify(proof, page).catch(async (error: unknown) => {
    needs.log.warn({ error, dependency: `bot verifier ${mode}` }, 'nobody can tell people from programs');
    if (whenUnavailable === 'deny') throw new Fault('BOT_BLOCKED', {}, { cause: error });
    await needs.flagBot(policy.tenantId, mode);
    return true;
  });
  if (!isPerson) throw new Fault('BOT_BLOCKED');
  needs.log.answered(`bot verifier ${mode}`);
}
