import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Answer, Shop } from './visitor.ts';

/** The consent that the tenant of such a person demands. */
export const demanded = {
  disclosure: false,
  transcripts: true,
  version: '1',
  text: 'What you say is kept for a while.',
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Makes a visitor who consents with an identifier, calls and says something. */
export async function visit(shop: Shop, subject: object, said: readonly string[]) {
  const page = await shop.bootstrap();
  const token = shop.bearer(page.body.widgetSessionToken);
  const visitorId = String(
    JSON.parse(Buffer.from(token.authorization.split('.')[1] ?? '', 'base64url').toString()).sub,
  );
  const answer = async (given: boolean): Promise<string> => {
    const textHash = sha256(Buffer.from(demanded.text));
    const choice = { purpose: 'transcripts', version: '1', textHash, locale: 'en', method: 'click', given };
    const recorded = await shop.post('/api/consent', { ...choice, ...(given && { subject }) }, token);
    expect(recorded.status).toBe(200);
    return String(recorded.body.receipt);
  };
  const agreed = await answer(true);
  const call: Answer = await shop.post('/api/session', { consent: [agreed] }, token);
  expect(call.status).toBe(200);
  await shop.say('/api/heartbeat', call);
  const say = (id: string, text: string): Promise<Answer> =>
    shop.say('/api/transcripts/append', call, { messages: [{ id, role: 'user', text, ts: Date.now() }] });
  for (const [n, text] of said.entries()) expect((await say(`m${n}`, text)).status).toBe(202);
  return { visitorId, sessionId: String(call.body.sm_session_id), call, agreed, say, takeBack: () => answer(false) };
}

export type Person = Awaited<ReturnType<typeof visit>>;
