import { createHash } from 'node:crypto';
import { demoDraft } from '@vox/local/demo-tenant';
import { settled } from '@vox/testing';
import type { Journey } from './journey.ts';

/** A tenant that asks visitors whether their words may be kept. */
export const askingDraft = {
  ...demoDraft,
  consent: { disclosure: false, transcripts: true, version: '7', text: 'We keep what you say for a week.' },
};
export const wordsHash = createHash('sha256').update(askingDraft.consent.text).digest('hex');

type Said = Readonly<{ words: readonly string[]; email: string; nowMs: number }>;

/** A visitor agrees, says who it is, says some words, uses some tokens, and hangs up. Answers the id of the call. */
export async function spokenCall(journey: Journey, { words, email, nowMs }: Said): Promise<string> {
  const post = async (path: string, body: object, token = ''): Promise<Record<string, string>> => {
    const headers = { origin: journey.origin, 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const bootstrap = `${journey.url}/api/public/widget/bootstrap?key=${journey.widgetKey}`;
  const shown = await (await fetch(bootstrap, { headers: { origin: journey.origin } })).json();
  const { widgetSessionToken: visitor } = shown as { widgetSessionToken: string };
  const choice = {
    purpose: 'transcripts',
    version: '7',
    textHash: wordsHash,
    locale: 'en',
    method: 'click',
    given: true,
  };
  const { receipt } = await post('/api/consent', { ...choice, subject: { email } }, visitor);
  const call = await post('/api/session', { consent: [receipt] }, visitor);
  const { sm_session_id: sessionId = '', session_token: token = '' } = call;
  const messages = words.map((text, at) => ({
    id: `m${at}`,
    role: at % 2 === 0 ? 'user' : 'assistant',
    text,
    ts: nowMs + at,
  }));
  await post('/api/transcripts/append', { messages }, token);
  await post('/api/transcripts/finalize', {}, token);
  const report = { responseId: 'r1', text_in: 0, text_out: 0, audio_in: 1_000, audio_out: 500 };
  await post('/api/usage/report', { sm_session_id: sessionId, ...report }, token);
  await post('/api/session/end', { sm_session_id: sessionId }, token);
  await settled(journey.bus);
  return sessionId;
}
