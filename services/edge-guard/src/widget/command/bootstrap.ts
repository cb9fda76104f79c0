import type { CallMode, Policy, PolicyAgent, PolicyKey } from '@vox/contracts';
import type { Signer, WidgetClaims } from '@vox/platform/crypto';
import { invalidField } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type ChallengeDependencies, challengeFor } from '../../bot/mod.ts';
import { consentFor } from '../../consent/mod.ts';
import { newVisitor, type VisitorDependencies } from '../../identity/mod.ts';

type TokenDependencies = ChallengeDependencies &
  Readonly<{ signWidget: Signer<WidgetClaims>; clock: Pick<Clock, 'now'>; uuid: () => string }>;

type Page = Readonly<{ policy: Policy; key: PolicyKey; origin: string; ip: string }>;
type Asked = Readonly<{ widgetKey: string; visitorId: string; agentId: string | undefined }>;

const tokenSeconds = 300;

/** What a page needs to show the widget, for a new visitor. */
export const bootstrap =
  (dependencies: TokenDependencies & VisitorDependencies) =>
  (page: Page & Readonly<{ query: Readonly<{ key: string; agentId?: string | undefined }> }>) => {
    const { key: widgetKey, agentId } = page.query;
    return showWidget(dependencies, page, { widgetKey, agentId, visitorId: newVisitor(dependencies) });
  };

/** The same with a fresh token, for the visitor of the one that is shown. */
export const renew =
  (dependencies: TokenDependencies) =>
  (page: Page & Readonly<{ claims: WidgetClaims; identity: Readonly<{ visitorId: string }> }>) => {
    const { widgetKey, agentId } = page.claims;
    return showWidget(dependencies, page, { widgetKey, agentId, visitorId: page.identity.visitorId });
  };

/** Answers what a page needs, with a token of five minutes for one visitor. */
async function showWidget(
  dependencies: TokenDependencies,
  { policy, key, origin, ip }: Page,
  { widgetKey, visitorId, agentId }: Asked,
) {
  const { signWidget, clock, uuid } = dependencies;
  const agent = agentOf(policy, key, agentId);
  const now = clock.now();
  const widgetSessionToken = await signWidget(
    { tenantId: policy.tenantId, widgetKey, origin, agentId: agent.agentId },
    { id: uuid(), subject: visitorId, now, lifeSeconds: tokenSeconds },
  );
  return {
    ok: true,
    tenantId: policy.tenantId,
    agentId: agent.agentId,
    displayName: agent.displayName,
    branding: policy.branding,
    widgetSessionToken,
    expiresAt: new Date(now.getTime() + tokenSeconds * 1_000).toISOString(),
    challenge: await challengeFor(dependencies, policy, { origin, ip }),
    disclosure: policy.disclosure,
    calls: callsOf(policy),
    captions: policy.captions,
    consent: consentFor(policy),
  };
}

/** Where both are allowed, our own page lets the server make the call. */
const callsOf = ({ calls }: Policy): CallMode => (calls === 'direct' ? 'direct' : 'brokered');

function agentOf(policy: Policy, key: PolicyKey, agentId: string | undefined): PolicyAgent {
  const reachable = policy.agents.filter((agent) => key.agentIds === null || key.agentIds.includes(agent.agentId));
  const agent = agentId === undefined ? reachable[0] : reachable.find((each) => each.agentId === agentId);
  if (agent !== undefined) return agent;
  throw invalidField('agentId', 'is no agent that this key may reach');
}
