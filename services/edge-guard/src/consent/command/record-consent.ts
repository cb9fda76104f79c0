import { createHash } from 'node:crypto';
import { type ConsentPurpose, ConsentReceipt, demandedBy, type Policy, RecordConsent, wordsFor } from '@vox/contracts';
import { readReceipt, withdrawalKey } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import { notKept, parseWith, sendJson } from '@vox/platform/http';
import { readSubject } from '@vox/platform/identifiers';
import type { RequestHandler } from 'express';
import { ConsentBody } from '../../calls/accept/bodies.ts';
import type { Needs } from '../../dependencies.ts';
import { bearer } from '../../identity/accept/bearer.ts';
import { countingStrangers, ipDimension, ipOf, refuseKnown, take } from '../../limits/accept/count.ts';
import { checkTokenOrigin } from '../../origin/accept/token-origin.ts';
import { keyInForce } from '../../tenant/command/key-in-force.ts';
import { missing, type Proved } from '../decide/consent.ts';

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
/** Whoever waits over HTTP is refused within a second while nobody answers. */
const soon = { timeoutMs: 900 };

/** What a page shows and asks before a call; empty where the tenant demands nothing. */
export const consentFor = (policy: Policy) =>
  demandedBy(policy).map((purpose) => {
    const { version, text } = wordsFor(policy, purpose);
    return { purpose, version, text, textHash: hashOf(text) };
  });

/** Whether a visitor took back what it had given for a purpose. Throws Fault UNAVAILABLE while that could have been missed. */
export function isWithdrawn(needs: Needs, tenantId: string, visitorId: string, purpose: ConsentPurpose): boolean {
  if (!needs.withdrawn.current())
    throw new Fault('UNAVAILABLE', {}, { cause: new Reason('withdrawals may have been missed') });
  return needs.withdrawn.get(withdrawalKey(tenantId, visitorId))?.purposes.includes(purpose) ?? false;
}

/** Throws Fault CONSENT_REQUIRED, with what is missing, unless the receipts prove all that the tenant demands. */
export async function checkConsent(
  needs: Needs,
  { policy, visitorId, given }: Readonly<{ policy: Policy; visitorId: string; given: readonly string[] }>,
): Promise<void> {
  if (demandedBy(policy).length === 0) return;
  if (!needs.withdrawn.current() || !needs.receiptKeys.current())
    throw new Fault('UNAVAILABLE', {}, { cause: new Reason('withdrawals may have been missed') });
  const read = await Promise.all(
    given.map((text) => readReceipt(ConsentReceipt, text, needs.receiptKeys.get).catch(() => undefined)),
  );
  const purposes = missing({
    policy,
    visitorId,
    receipts: read.filter((each): each is Proved & NonNullable<typeof each> => each !== undefined),
    withdrawal: needs.withdrawn.get(withdrawalKey(policy.tenantId, visitorId)),
    hashOf: (purpose) => hashOf(wordsFor(policy, purpose).text),
    nowMs: needs.clock.now().getTime(),
  });
  if (purposes.length > 0) throw new Fault('CONSENT_REQUIRED', { purposes });
}

const field = (path: string, message: string): Fault => new Fault('INVALID_REQUEST', { issues: [{ path, message }] });

/** Records what a visitor was shown and answered. What it says yes to must be the words in force; it may say no to any. */
export const postConsent =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const ip = ipDimension(needs, ipOf(needs, request));
    refuseKnown(needs, response, ip);
    const { body, token, policy } = await countingStrangers(needs, request, response, async () => {
      const proved = async (given: string) => {
        const verified = await needs.verifyWidget(given, needs.clock.now());
        const found = keyInForce(needs, verified.claims.widgetKey);
        response.locals.tenantId = found.policy.tenantId;
        checkTokenOrigin(needs, request, found.key, verified.claims);
        return { token: verified, policy: found.policy };
      };
      const header = bearer(request);
      const known = header === undefined ? undefined : await proved(header);
      const read = parseWith(ConsentBody, await needs.readBody(request, response));
      if (known !== undefined) return { body: read, ...known };
      if (read.authToken === undefined) throw new Fault('AUTH_REQUIRED');
      return { body: read, ...(await proved(read.authToken)) };
    });
    const { widgetKey } = token.claims;
    const visitorId = token.subject;
    const { requestsPerMinute: perMinute, burst } = policy.limits.widget;
    await take(needs, response, [
      ip,
      { scope: 'user', key: `${policy.tenantId}:${visitorId}`, limit: { perMinute, burst } },
    ]);
    const { purpose, version, textHash, locale, method, given, subject } = body;
    const words = wordsFor(policy, purpose);
    if (given && version !== words.version) throw field('version', 'is not the version in force');
    if (given && textHash !== hashOf(words.text)) throw field('textHash', 'is not the hash of the words in force');
    const { named, issues } = readSubject(subject ?? {}, policy.country);
    if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
    // Read once, by the policy in force here: behind the door it needs no country any more.
    const who = named.length === 0 ? undefined : Object.fromEntries(named.map(({ kind, form }) => [kind, form]));
    const choice = { purpose, version, textHash, locale, method, given };
    const whose = { tenantId: policy.tenantId, widgetKey, visitorId };
    const answer = await needs.bus.ask(RecordConsent, { ...whose, choice, subject: who }, soon);
    sendJson(response, { ok: true, ...answer }, notKept);
  };
