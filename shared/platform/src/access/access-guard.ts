import {
  type Action,
  decideAccess,
  keyActor,
  memberActor,
  type Principal,
  platform,
  RevocationDocument,
  type ServiceName,
  SigningKeyDocument,
  TenantIdOrPlatform,
} from '@vox/contracts';
import { type Asker, type Bus, publishAct } from '../bus/mod.ts';
import { LoginToken, ProofToken, tokenVerifier } from '../crypto/mod.ts';
import { Fault } from '../fault/mod.ts';
import { countDecision } from '../telemetry/mod.ts';
import type { Clock } from '../time/mod.ts';
import { type PrincipalDependencies, principalOf } from './principal.ts';

/**
 * A bus whose answers to managing questions go only to whoever may ask, and what was revoked, as it is followed here.
 * `stop` ends its listening for revocations.
 */
export type AccessGuard = Readonly<{ bus: Bus; revoked: PrincipalDependencies['revoked']; stop: () => Promise<void> }>;

/**
 * Guards what a service answers. A question that manages something is answered only when its asker proved who it is,
 * and that it may, by the one access table: whoever carried the question there is not believed. The request then names
 * its true actor. A question without an action passes as it is. Whoever proved who it is and may not do a thing stands
 * in the audit log of its own tenant before it is refused. `onRevocation` is called when something was revoked.
 */
export async function accessGuard(
  service: ServiceName,
  bus: Bus,
  clock: Pick<Clock, 'now'>,
  onRevocation: () => void = () => undefined,
): Promise<AccessGuard> {
  const keys = await bus.documents(SigningKeyDocument).follow();
  const revoked = await bus.documents(RevocationDocument).follow(onRevocation);
  const dependencies: PrincipalDependencies = {
    verifyLogin: tokenVerifier(LoginToken, keys.get),
    verifyProof: tokenVerifier(ProofToken, keys.get),
    revoked,
  };
  const audit = { bus, source: service, clock, knows: () => true };
  const admit = async (action: Action, request: object, asker: Asker): Promise<[object, Asker]> => {
    const now = clock.now();
    const who = await principalOf(dependencies, asker, now);
    const decision = decideAccess(action, who, tenantIn(request), now.getTime());
    const role = who.kind === 'member' ? who.role : undefined;
    if (decision === 'allowed') {
      const { credential } = who;
      return [who.kind === 'operator' ? request : signedBy(who, request), { ...asker, role, credential }];
    }
    countDecision(service, 'refused', 'none', decision);
    if (who.kind !== 'operator' && (decision === 'FORBIDDEN' || decision === 'NOT_FOUND'))
      await publishAct(
        audit,
        { tenantId: who.tenantId, action, target: `tenant:${who.tenantId}` },
        { ...(request as object), actor: actorOf(who) },
        { outcome: 'refused', details: { code: decision } },
      );
    throw new Fault(decision);
  };
  return {
    revoked,
    bus: {
      ...bus,
      answer: (question, handle) =>
        bus.answer(
          question,
          question.action === undefined
            ? handle
            : async (request, asker) => {
                const [admitted, known] = await admit(question.action as Action, request as object, asker);
                return handle(admitted as never, known);
              },
        ),
    },
    async stop() {
      for (const replica of [keys, revoked]) await replica.stop();
    },
  };
}

type Proved = Exclude<Principal, { kind: 'operator' }>;

/** The request with the actor whom the proof names, where it has one. */
const signedBy = (who: Proved, request: object): object =>
  'actor' in request ? { ...request, actor: actorOf(who) } : request;

/** The tenant that a request is about, the platform if it names none. A draft names its tenant inside. */
function tenantIn(request: object): string {
  const { tenantId, draft } = request as { tenantId?: unknown; draft?: { tenantId?: unknown } | null };
  const named = TenantIdOrPlatform.safeParse(tenantId ?? draft?.tenantId);
  return named.success ? named.data : platform;
}

const actorOf = (who: Proved): string => (who.kind === 'member' ? memberActor(who.memberId) : keyActor(who.keyId));
