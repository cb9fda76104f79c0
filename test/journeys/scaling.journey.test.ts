import { CallStream, encodeFact, typeOf } from '@vox/contracts';
import { perCall } from '@vox/ops/scaling';
import { settled } from '@vox/testing';
import { expect, it } from 'vitest';
import { openJourney, origin } from './journey.ts';

const ofCalls = new Set<string>(CallStream.kinds.map(typeOf));

const besideBytes = 400;

it('a direct call has as many facts, and no larger ones, as scaling is reckoned from', async () => {
  const journey = await openJourney();
  try {
    const post = async (path: string, body: object) => {
      const headers = { origin, 'content-type': 'application/json' };
      const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await answer.json()) as Record<string, string>;
    };
    const { sm_session_id, session_token: authToken } = await post('/api/session', { widgetKey: journey.widgetKey });
    await post('/api/heartbeat', { sm_session_id, authToken });
    const used = { text_in: 0, text_out: 0, audio_in: 10, audio_out: 5 };
    const answers = ['r1', 'r2', 'r3'];
    for (const responseId of answers)
      await post('/api/usage/report', { sm_session_id, authToken, responseId, ...used });
    await post('/api/session/end', { sm_session_id, authToken });
    await settled(journey.bus);
    const facts = journey.bus.published().filter(({ type }) => ofCalls.has(type));
    const bytes = facts.reduce((sum, fact) => sum + encodeFact(fact).length, 0);
    expect(facts.map(({ type }) => type)).toContain('vox.quota.settled.v1');
    expect(facts.length).toBe(perCall.facts + perCall.factsOfHeartbeat + answers.length * perCall.factsOfAnswer);
    // A stream keeps the subject name and headers beside the body: a fact's id, its trace, its content type.
    expect(bytes / facts.length + besideBytes).toBeLessThanOrEqual(perCall.bytesOfFact);
  } finally {
    await journey.close();
  }
});
