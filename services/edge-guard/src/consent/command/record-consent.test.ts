import { randomUUID } from 'node:crypto';
import { type ConsentChoice, consentWords, RecordConsent, VisitorSignal } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { callers, proved } from '../../checks/tenants.fixture.ts';
import { recordConsent } from './record-consent.ts';
import { hashOf } from './words.ts';

const policy = somePolicy();
const { tenantId } = policy;
const { identity } = callers.token;
const sessionId = randomUUID();
const { version, text } = consentWords(policy, 'transcripts');
const choice = { purpose: 'transcripts', version, textHash: hashOf(text), locale: 'en', given: true } as const;

/** A call of the visitor, whose agent hears what is answered, and what compliance is given to record. */
async function opened() {
  const bus = memoryBus();
  const heard: boolean[] = [];
  const recorded: ConsentChoice['method'][] = [];
  await bus.listen(VisitorSignal, { tenantId, sessionId }, ({ given }) => void heard.push(given));
  await bus.answer(RecordConsent, async ({ choice: { method } }) => {
    recorded.push(method);
    return { receiptId: randomUUID(), receipt: 'r', at: clock.now().toISOString() };
  });
  const verifySession = async () => proved({ tenantId, identity }, sessionId);
  const record = recordConsent({ bus, verifySession, clock });
  const answer = (method: ConsentChoice['method'], sessionToken?: string) =>
    record({ policy, identity, body: { ...choice, method, subject: undefined, sessionToken } });
  return { answer, heard, recorded };
}

describe('an answer to the agent of a call', () => {
  it('reaches the agent where the visitor clicked', async () => {
    const { answer, heard, recorded } = await opened();
    await answer('click', 'token');
    await expect.poll(() => heard).toEqual([true]);
    expect(recorded).toEqual(['click']);
  });
  it.each(['shown', 'voice', 'server'] as const)('is refused, and recorded nowhere, as %s', async (method) => {
    const { answer, heard, recorded } = await opened();
    await expect(answer(method, 'token')).rejects.toMatchObject({
      ...{ code: 'INVALID_REQUEST', answer: { issues: [{ path: 'method' }] } },
    });
    expect([heard, recorded]).toEqual([[], []]);
    await answer(method);
    expect(recorded).toEqual([method]);
  });
});
