import { expect, it } from 'vitest';
import { sameSession } from './same-session.ts';

it('a body names the call of its token or none; another one is not found', () => {
  const run = sameSession.run({});
  for (const sm_session_id of ['s1', undefined])
    expect(run({ sessionId: 's1', body: { sm_session_id } })).toBeUndefined();
  const other = { sessionId: 's1', body: { sm_session_id: 's2' } };
  expect(() => run(other)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
