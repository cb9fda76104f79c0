import { randomUUID } from 'node:crypto';
import { AskSessionUsage, SessionUsage } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { describe, expect, it } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { reportUsage } from './report-usage.ts';

const body = { responseId: 'resp_1', text_in: 1, text_out: 2, audio_in: 3, audio_out: 4 };
const call = { tenantId: 'acme', sessionId: randomUUID() };
const counted = (tokens: number) => ({
  kind: 'known' as const,
  sessionId: call.sessionId,
  used: { tokens, micros: 500_000, seconds: 60 },
  remaining: { tokens: 9_000, micros: 1_500_000, seconds: 600 },
  day: { used: { tokens: 70_000, micros: 2_000_000, seconds: 900 }, tokensLimit: 300_000, microsLimit: 20_000_000 },
});

async function openFixture() {
  const bus = memoryBus();
  await bus.answer(AskSessionUsage, async () => counted(100));
  const published: string[] = [];
  const publish: typeof bus.publish = async (kind, fact, options = {}) => {
    const answer = await bus.publish(kind, fact, options);
    published.push(kind.name);
    await bus.reply(options.replyTo ?? '', SessionUsage, counted(110));
    return answer;
  };
  return { report: reportUsage({ bus: { ...bus, publish }, clock }), published };
}

describe('a report of usage', () => {
  it('of a brokered call changes nothing, and is answered with what is counted', async () => {
    const { report, published } = await openFixture();
    for (const _time of [1, 2])
      expect(await report({ ...call, claims: { mode: 'brokered' }, body })).toEqual({
        ok: true,
        tokens: 100,
        dollars: 0.5,
        usage: { tokens: 70_000, dollars: 2, dailyTokenLimit: 300_000, dailyDollarLimit: 20 },
      });
    expect(published).toEqual([]);
  });
  it('of a direct call is published once, and answered with what is counted with it', async () => {
    for (const mode of [undefined, 'direct'] as const) {
      const { report, published } = await openFixture();
      expect(await report({ ...call, claims: { mode }, body })).toMatchObject({ tokens: 110 });
      expect(published).toEqual(['vox.usage.reported']);
    }
  });
  it('of a call that nobody knows is not found', async () => {
    const bus = memoryBus();
    await bus.answer(AskSessionUsage, async ({ sessionId }) => ({ kind: 'unknown' as const, sessionId }));
    const report = reportUsage({ bus, clock });
    const asked = report({ ...call, claims: { mode: 'brokered' }, body });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
