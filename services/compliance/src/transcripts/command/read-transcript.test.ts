import { ReadTranscript } from '@vox/contracts';
import { describe, expect, it } from 'vitest';

import { all, appended, keptCall, publish, sessionId, whose } from '../transcripts.fixture.ts';

describe('a transcript that is read', () => {
  it('needs a reason, and the audit log says who read it and why', async () => {
    const opened = await keptCall();
    const { bus } = opened;
    await expect(bus.ask(ReadTranscript, { ...whose, actor: 'operator:test', reason: ' ' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: 'reason' }] },
    });
    await bus.ask(ReadTranscript, { ...whose, actor: 'operator:ada', reason: 'complaint 7', requestId: 'r1' });
    const acts = (await all(opened.auditLog.entries('acme'))).filter(({ action }) => action === 'transcript.read');
    expect(acts).toMatchObject([
      {
        actor: 'operator:ada',
        outcome: 'done',
        reason: 'complaint 7',
        requestId: 'r1',
        target: `session:${sessionId}`,
      },
    ]);
    expect(JSON.stringify(acts)).not.toContain('canary');
    await opened.stop();
  });

  it('is not found any more once its person is forgotten', async () => {
    const opened = await keptCall();
    const { transcripts, subjects } = opened;
    const header = await transcripts.read(`acme/${sessionId}`);
    await subjects.update(`acme/${header?.subjectId}`, (now) =>
      now === undefined ? { result: 0 } : { result: 0, state: { ...now, key: null, identifiers: [] } },
    );
    await expect(opened.read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await publish(opened.bus, appended({ id: 'b', text: 'more', second: 2 }));
    await opened.finalise();
    expect((await opened.utterances.count(whose)).messages).toBe(1);
    await opened.stop();
  });
});
