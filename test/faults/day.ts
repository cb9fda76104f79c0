import { randomUUID } from 'node:crypto';
import {
  ChangeMemberRole,
  CreateApiKey,
  CreateWebhook,
  CreateWidgetKey,
  EndSessions,
  InviteMember,
  OverrideLimit,
  PlaceHold,
  PutTenant,
  ReleaseHold,
  RemoveMember,
  RemoveWebhook,
  ResetUsage,
  RevokeApiKey,
  RevokeWidgetKey,
  RotateApiKey,
  RotateSigningKey,
  RotateWidgetKey,
  SetKillSwitch,
  SetTenantStatus,
} from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { type Answer, type Shop, type Stack, shopOn, times, wholeCall, wide } from './harness.ts';

const usage = (responseId: string, audioOut: number) => ({
  responseId,
  text_in: 0,
  text_out: 0,
  audio_in: 0,
  audio_out: audioOut,
});

/** A shop spends its budget once a day, and one copy publishes that. So each round needs another shop. */
export const daysMost = 12;

/** Shops that together see every outcome of a call. They must be opened while auth runs. */
export async function shopsOfADay(stack: Pick<Stack, 'url' | 'operator'>) {
  const [usual, poor, full, spenders, brief, shy, managed, asking] = await Promise.all([
    shopOn(stack, wide),
    shopOn(stack, { ...wide, microsPerDay: 0 }),
    shopOn(stack, { ...wide, openSessions: 0 }),
    times(daysMost, () => shopOn(stack, { ...wide, sessionSeconds: 60, tokensPerDay: 4_000 })),
    shopOn(stack, { ...wide, sessionSeconds: 3 }),
    shopOn(stack, wide, { mode: 'turnstile', whenUnavailable: 'flag' }),
    shopOn(stack, wide),
    shopOn(stack, wide, undefined, {
      consent: { disclosure: true, transcripts: true, version: '1', text: 'We keep it.' },
    }),
  ]);
  return { usual, poor, full, spenders: spenders.values(), brief, shy, managed, asking };
}
export type Shops = Awaited<ReturnType<typeof shopsOfADay>>;

/** Calls with every outcome. Together they publish every fact of calls. */
export async function callsOfADay({ usual, poor, full, spenders, brief, shy, asking }: Shops): Promise<Answer[]> {
  const [plain, ...others] = await Promise.all([
    times(3, () => wholeCall(usual)),
    poor.start({ 'idempotency-key': randomUUID() }),
    usual.start({ 'idempotency-key': randomUUID() }),
    full.start(),
    reportedTooMuch(spenders.next().value ?? usual),
    connected(brief),
    shy.post('/api/session', { widgetKey: shy.widgetKey, bot: { kind: 'turnstile', proof: 'none' } }),
    usual.start({ origin: 'https://elsewhere.example' }),
    reportedLate(usual),
    consentedAndNot(asking),
    spoken(usual),
  ]);
  return [...plain, ...others];
}

/** A call that costs more than its tenant's day, so it must end. */
async function reportedTooMuch(shop: Shop): Promise<Answer> {
  const granted = await connected(shop);
  if (granted.status === 200) await shop.say('/api/usage/report', granted, usage('r1', 5_000));
  return granted;
}
async function reportedLate(shop: Shop): Promise<Answer> {
  const granted = await connected(shop);
  if (granted.status !== 200) return granted;
  await shop.say('/api/session/end', granted);
  await shop.say('/api/usage/report', granted, usage('late', 9_000));
  return granted;
}
async function spoken(shop: Shop): Promise<Answer> {
  const granted = await connected(shop);
  if (granted.status !== 200) return granted;
  const at = new Date().toISOString();
  const said = { id: 'item_1', role: 'user', text: 'Is anybody there?', ts: at };
  await shop.say('/api/transcripts/append', granted, { messages: [said] });
  await shop.say('/api/transcripts/finalize', granted);
  await shop.say('/api/session/end', granted);
  return granted;
}
/** A visitor who agrees to everything, and then withdraws all of it. */
async function consentedAndNot(shop: Shop): Promise<Answer> {
  const page = await shop.bootstrap();
  const asked = (page.body.consent ?? []) as unknown as { purpose: string; version: string; textHash: string }[];
  const token = shop.bearer(page.body.widgetSessionToken);
  for (const given of [true, false])
    for (const { purpose, version, textHash } of asked)
      await shop.post('/api/consent', { purpose, version, textHash, locale: 'en', method: 'click', given }, token);
  return page;
}
async function connected(shop: Shop): Promise<Answer> {
  const granted = await shop.start();
  if (granted.status === 200) await shop.say('/api/heartbeat', granted);
  return granted;
}

/** Every act of an operator on a tenant, so that every fact of identity is published. Failures are ignored. */
export async function operationsOfADay(
  { operator }: Pick<Stack, 'operator'>,
  { tenantId }: { tenantId: string },
): Promise<void> {
  const actor = 'test';
  const officer = 'operator:test';
  const soon = { timeoutMs: 3_000 };
  const draft = { ...demoDraft, tenantId };
  const created = `${tenantId}-b`;
  const origins = ['https://second.example'];
  const steps: (() => Promise<unknown>)[] = [
    () => operator.ask(PutTenant, { draft: { ...draft, tenantId: created }, actor }, soon),
    () => operator.ask(PutTenant, { draft: { ...draft, displayName: 'Other' }, actor }, soon),
    // This is refused, and the audit log records it.
    () => operator.ask(PutTenant, { draft: { tenantId }, actor }, soon),
    () => operator.ask(EndSessions, { tenantId, actor }, soon),
    async () => {
      const { widgetKey } = await operator.ask(CreateWidgetKey, { tenantId, label: 'more', origins, actor }, soon);
      const rotated = await operator.ask(RotateWidgetKey, { tenantId, widgetKey, graceSeconds: 60, actor }, soon);
      await operator.ask(RevokeWidgetKey, { tenantId, widgetKey: rotated.widgetKey, actor }, soon);
    },
    async () => {
      const wanted = { tenantId, label: 'more', env: 'dev' as const, actor };
      const { key } = await operator.ask(CreateApiKey, { ...wanted, scopes: ['usage:read'] }, soon);
      const of = { tenantId, keyId: key.keyId, actor };
      const rotated = await operator.ask(RotateApiKey, { ...of, graceSeconds: 1 }, soon);
      await operator.ask(RevokeApiKey, { ...of, keyId: rotated.key.keyId }, soon);
    },
    async () => {
      const hold = { tenantId, scope: { kind: 'tenant' as const }, reason: 'a case', actor: officer };
      const { holdId } = await operator.ask(PlaceHold, hold, soon);
      await operator.ask(ReleaseHold, { tenantId, holdId, actor: officer }, soon);
    },
    async () => {
      // None of these happens within a day, so nothing is sent.
      const hook = { tenantId, url: 'https://hook.example/', types: ['key.aging' as const], actor };
      const { endpointId } = (await operator.ask(CreateWebhook, hook, soon)).endpoint;
      await operator.ask(RemoveWebhook, { tenantId, endpointId, actor }, soon);
    },
    () => {
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const wish = { tenantId, kind: 'widget' as const, limit: 'tokensPerDay' as const, value: 1_000_000, until };
      return operator.ask(OverrideLimit, { ...wish, reason: 'a fair', actor }, soon);
    },
    () => {
      const reset = { tenantId, kind: 'widget' as const, reason: 'a fair', requestId: randomUUID() };
      return operator.ask(ResetUsage, { ...reset, actor }, soon);
    },
    () => operator.ask(SetKillSwitch, { tenantId, engaged: true, actor }, soon),
    () => operator.ask(SetKillSwitch, { tenantId, engaged: false, actor }, soon),
    () => operator.ask(SetTenantStatus, { tenantId, status: 'suspended', actor }, soon),
    () => operator.ask(SetTenantStatus, { tenantId, status: 'active', actor }, soon),
    () => operator.ask(RotateSigningKey, { use: 'login', actor }, soon),
    () => membersOfADay(operator, tenantId),
  ];
  for (const step of steps) await step().catch(() => undefined);
}

/** Somebody is invited as an owner, gets another role and is removed: every change of members that needs no mail. */
async function membersOfADay(operator: Stack['operator'], tenantId: string): Promise<void> {
  const soon = { timeoutMs: 3_000 };
  const acting = { tenantId, actor: 'operator:test' };
  const { memberId } = await operator.ask(InviteMember, { ...acting, email: 'ann@example.com', role: 'admin' }, soon);
  await operator.ask(ChangeMemberRole, { ...acting, memberId, role: 'viewer' }, soon);
  await operator.ask(RemoveMember, { ...acting, memberId }, soon);
}
