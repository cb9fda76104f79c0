import type { Stack } from '@vox/local/stack';
import { someOffer } from '@vox/testing';
import { expect } from 'vitest';
import { callOf, providerOf } from '../faults/brokered.ts';
import { type Browser, bearer, proved } from './browser.ts';
import { visitor } from './canaries.ts';

/** The offer of a browser, with the address and the credential of its peer. */
const offer = someOffer
  .replace(/^a=ice-pwd:.*$/m, `a=ice-pwd:${visitor.peerPassword}`)
  .replace(/\r\n$/, `\r\na=candidate:1 1 udp 2130706431 ${visitor.peer} 54321 typ host\r\n`);

/** A call that the server makes, in which something is said. */
export async function brokeredCall(stack: Stack, browser: Browser, widgetKey: string): Promise<void> {
  const provider = await providerOf(stack);
  const { widgetToken, proof } = await proved(browser, widgetKey);
  const call = await browser('/api/session', { bot: { kind: 'proof-of-work', proof }, offer }, bearer(widgetToken));
  expect(call.status).toBe(200);
  const transcript = `${visitor.spoken}, my card is ${visitor.card}`;
  const type = 'conversation.item.input_audio_transcription.completed';
  await provider.emit(callOf(call), { type, item_id: 'item_2', transcript });
  await provider.respond(callOf(call));
  const authToken = call.body.session_token;
  expect((await browser('/api/session/end', { sm_session_id: call.body.sm_session_id, authToken })).status).toBe(200);
}
