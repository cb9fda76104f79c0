import { closedBy, type Policy, type PolicyAgent, type PolicyKey } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { notKept, parseWith, sendJson } from '@vox/platform/http';
import type { RequestHandler, Response } from 'express';
import { challengeFor } from '../../bot/command/check-bot.ts';
import { BootstrapQuery } from '../../calls/accept/bodies.ts';
import { consentFor } from '../../consent/command/record-consent.ts';
import type { Needs } from '../../dependencies.ts';
import { bearer } from '../../identity/accept/bearer.ts';
import { ipDimension, ipOf, take } from '../../limits/accept/count.ts';
import { checkTokenOrigin } from '../../origin/accept/token-origin.ts';
import { keyInForce, newVisitor } from '../../tenant/command/key-in-force.ts';
import { mayCallFrom } from '../../tenant/decide/widget-key.ts';

const tokenSeconds = 300;
const renewGraceSeconds = 600;

type Page = Readonly<{
  widgetKey: string;
  origin: string | undefined;
  visitorId: string;
  agentId?: string | undefined;
  ip: string;
}>;

/** Answers what a page needs to show the widget, with a token of five minutes for one visitor, if its key allows the page. */
async function bootstrap(
  needs: Needs,
  response: Response,
  { widgetKey, origin, visitorId, agentId, ip }: Page,
): Promise<void> {
  const { policy, key } = keyInForce(needs, widgetKey);
  response.locals.tenantId = policy.tenantId;
  if (origin === undefined || !mayCallFrom(key, origin)) throw new Fault('ORIGIN_MISMATCH');
  if (closedBy(policy, key) !== undefined) throw new Fault('TENANT_SUSPENDED');
  const agent = agentOf(policy, key, agentId);
  const now = needs.clock.now();
  const widgetSessionToken = await needs.signWidget(
    { tenantId: policy.tenantId, widgetKey, origin, agentId: agent.agentId },
    { id: needs.uuid(), subject: visitorId, now, lifeSeconds: tokenSeconds },
  );
  const answer = {
    ok: true,
    tenantId: policy.tenantId,
    agentId: agent.agentId,
    displayName: agent.displayName,
    branding: policy.branding,
    widgetSessionToken,
    expiresAt: new Date(now.getTime() + tokenSeconds * 1_000).toISOString(),
    challenge: await challengeFor(needs, policy, { origin, ip }),
    disclosure: policy.disclosure,
    consent: consentFor(policy),
  };
  sendJson(response, answer, notKept);
}

function agentOf(policy: Policy, key: PolicyKey, agentId: string | undefined): PolicyAgent {
  const reachable = policy.agents.filter((agent) => key.agentIds === null || key.agentIds.includes(agent.agentId));
  const agent = agentId === undefined ? reachable[0] : reachable.find((each) => each.agentId === agentId);
  if (agent !== undefined) return agent;
  throw new Fault('INVALID_REQUEST', { issues: [{ path: 'agentId', message: 'is no agent that this key may reach' }] });
}

export const getBootstrap =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const ip = ipOf(needs, request);
    await take(needs, response, [ipDimension(needs, ip)]);
    const { key: widgetKey, agentId } = parseWith(BootstrapQuery, request.query);
    await bootstrap(needs, response, {
      widgetKey,
      origin: request.get('origin'),
      visitorId: newVisitor(needs),
      agentId,
      ip,
    });
  };

export const postRenew =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const ip = ipOf(needs, request);
    await take(needs, response, [ipDimension(needs, ip)]);
    const token = bearer(request);
    if (token === undefined) throw new Fault('AUTH_REQUIRED');
    const { subject, claims } = await needs.verifyWidget(token, needs.clock.now(), { graceSeconds: renewGraceSeconds });
    checkTokenOrigin(needs, request, keyInForce(needs, claims.widgetKey).key, claims);
    await bootstrap(needs, response, { ...claims, visitorId: subject, ip });
  };
