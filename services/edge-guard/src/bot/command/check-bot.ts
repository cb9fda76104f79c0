import type { Policy } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { botVerdicts, type Log } from '@vox/platform/telemetry';
import type { BotChallenge, BotMode, BotVerifiers, PersonProof, ProofPlace } from '../decide/verifier.ts';

export type ChallengeDependencies = Readonly<{
  verifiers: BotVerifiers;
  /** False lets every request pass as a person’s; never in production. */
  botProtection: boolean;
}>;
export type BotDependencies = ChallengeDependencies &
  Readonly<{ flagBot: (tenantId: string, verifier: string) => Promise<unknown>; log: Log }>;

type Place = Omit<ProofPlace, 'tenantId'>;
type Shown = Readonly<{ bot: Readonly<{ kind: string; proof?: string | undefined }> | undefined }> &
  Pick<PersonProof, 'header'>;

/** What a page of this tenant needs for its proof; `null` where none is asked for. */
export async function challengeFor(
  { verifiers, botProtection }: ChallengeDependencies,
  policy: Policy,
  place: Place,
): Promise<BotChallenge | null> {
  const { mode } = policy.bot;
  if (mode === 'off' || !botProtection) return null;
  const verifier = verifiers[mode];
  return verifier === undefined ? { kind: mode } : verifier.challenge({ tenantId: policy.tenantId, ...place });
}

/** `not-asked` where the tenant, or this installation, asks for no proof. */
export type BotVerdict = 'person' | 'unverified' | 'not-asked';

/**
 * Throws Fault BOT_BLOCKED for a proof that does not hold, and where the tenant asks for a verifier that this
 * installation does not have. While the verifier gives no answer, the tenant’s policy denies, or lets pass and flags.
 */
export async function checkBot(
  { verifiers, botProtection, flagBot, log }: BotDependencies,
  { policy, place, shown }: Readonly<{ policy: Policy; place: Place; shown: Shown }>,
): Promise<BotVerdict> {
  const { tenantId, bot } = policy;
  const { mode, whenUnavailable } = bot;
  if (mode === 'off' || !botProtection) return 'not-asked';
  const verifier = verifiers[mode];
  if (verifier === undefined) throw blocked(mode, 'no-verifier');
  const proof = { given: shown.bot?.kind === mode ? shown.bot.proof : undefined, header: shown.header };
  const isPerson = await verifier.verify(proof, { tenantId, ...place }).catch(async (error: unknown) => {
    log.warn({ error, dependency: `bot verifier ${mode}` }, 'nobody can tell people from programs');
    if (whenUnavailable === 'deny') throw blocked(mode, 'unverified-blocked', error);
    await flagBot(tenantId, mode);
    return 'unverified' as const;
  });
  if (!isPerson) throw blocked(mode, 'blocked');
  const isVerified = isPerson !== 'unverified';
  botVerdicts.add(1, { verifier: mode, verdict: isVerified ? 'person' : 'unverified-passed' });
  if (isVerified) log.answered(`bot verifier ${mode}`);
  return isVerified ? 'person' : 'unverified';
}

/** Counts who is not let in, and says so. */
function blocked(verifier: BotMode, verdict: string, cause?: unknown): Fault {
  botVerdicts.add(1, { verifier, verdict });
  return new Fault('BOT_BLOCKED', {}, { cause });
}

/** Shows the verdicts before the first, so that it is seen as a rise. */
export function showVerdicts(verifiers: BotVerifiers): void {
  for (const verifier of Object.keys(verifiers))
    for (const verdict of ['person', 'blocked']) botVerdicts.add(0, { verifier, verdict });
}
