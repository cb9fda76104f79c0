import { randomUUID } from 'node:crypto';
import { voxCommand } from '@vox/cli/commands';
import { sentencesOf } from '@vox/cli/sentences';
import { ListAudit, type ShownLimits, type UsageAnswered } from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const tenantId = 'demo';
const meant = ['--kind', 'widget', '--reason', 'a fair'];
const today = ['--from', '2026-05-05', '--to', '2026-05-05'];

describe('an operator who manages limits with vox', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  beforeEach(async () => {
    const limits = { microsPerDay: 1_500_000, openSessions: 10, sessionStartsPerMinute: 100 };
    journey = await openJourney({ clock, limits, ceiling: { microsPerDay: 9_000_000 } });
  });
  afterEach(() => journey.close());

  async function vox<A>(...args: string[]): Promise<A> {
    const said: unknown[] = [];
    await voxCommand({
      ...{ ask: journey.bus.ask, actor: 'operator:test', requestId: randomUUID(), print: async () => undefined },
      ...{ say: (answer) => void said.push(answer), note: () => undefined },
    }).parseAsync(args, { from: 'user' });
    return said[0] as A;
  }
  async function post(path: string, body: object): Promise<Record<string, string>> {
    const headers = { 'content-type': 'application/json', origin };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  }
  const start = () => post('/api/session', { widgetKey: journey.widgetKey });
  /** A call that spends 640,000 micro-dollars of its tenant. */
  async function wholeCall(): Promise<void> {
    const { sm_session_id, session_token: authToken } = await start();
    await post('/api/heartbeat', { sm_session_id, authToken });
    clock.advanceMs(600_000);
    const report = { responseId: 'r1', text_in: 0, text_out: 0, audio_in: 0, audio_out: 10_000 };
    await post('/api/usage/report', { sm_session_id, authToken, ...report });
    await post('/api/session/end', { sm_session_id, authToken });
    await settled(journey.bus);
  }
  const limit = async (named: string) => {
    const { kinds } = await vox<ShownLimits>('limit', 'show', tenantId);
    return kinds.find(({ kind }) => kind === 'widget')?.budget.find((each) => each.limit === named);
  };
  const usage = (...by: string[]) => vox<UsageAnswered>('usage', tenantId, ...today, ...by);

  it('sees what calls used and what is left, and lets a spent tenant call again for a time and after a reset', async () => {
    await wholeCall();
    await wholeCall();
    const { used = 0, remaining } = (await limit('microsPerDay')) ?? {};
    expect(used).toBeGreaterThanOrEqual(1_280_000);
    expect(remaining).toBe(1_500_000 - used);
    const { rows, totals } = await usage('--by', 'key');
    expect(rows).toMatchObject([{ widgetKey: journey.widgetKey, sessions: 2, micros: used }]);
    expect((await usage('--by', 'agent')).totals).toEqual(totals);

    const until = '2026-05-05T15:00:00.000Z';
    await vox('limit', 'override', tenantId, 'microsPerDay', '9000000', '--until', until, ...meant);
    await settled(journey.bus);
    expect(await limit('microsPerDay')).toMatchObject({ inForce: 9_000_000, overriddenUntil: until });
    expect(await start()).toHaveProperty('sm_session_id');
    await vox('limit', 'override', tenantId, 'microsPerDay', '1', '--until', until, ...meant);
    await settled(journey.bus);
    expect(await start()).toMatchObject({ code: 'DAILY_QUOTA_EXCEEDED' });
    await vox('limit', 'end-override', tenantId, 'microsPerDay', ...meant);
    await settled(journey.bus);
    expect(await limit('microsPerDay')).toMatchObject({ inForce: 1_500_000, overriddenUntil: null });

    expect(await vox('limit', 'reset', tenantId, ...meant)).toMatchObject({ credited: { micros: used } });
    expect(await limit('microsPerDay')).toMatchObject({ used: 0, credited: used });
    expect((await usage()).totals).toEqual(totals);
    await settled(journey.bus);
    const asked = { tenantId, actor: 'operator:test', filter: {} };
    const { entries } = await journey.bus.ask(ListAudit, asked);
    const acts = entries.map(({ action, reason }) => `${action} ${reason}`);
    for (const action of ['limit.override', 'usage.reset']) expect(acts).toContain(`${action} a fair`);
  });

  it('reads in a sentence what is not allowed', async () => {
    const refused = (...args: string[]) => vox(...args).then(() => [], sentencesOf);
    const override = ['limit', 'override', tenantId, 'microsPerDay'];
    const until = ['--until', '2026-05-05T15:00:00Z'];
    expect(await refused(...override, '9000001', ...until, ...meant)).toEqual([
      'value must be at most 9000000, the platform’s ceiling.',
    ]);
    expect(await refused(...override, '1', '--until', '2026-07-05', ...meant)).toEqual([
      '--until must be ahead, by 31 days at most.',
    ]);
    expect(await refused('limit', 'reset', 'nobody', ...meant)).toEqual(['there is no tenant nobody.']);
    expect(await refused('usage', tenantId, '--from', '2026-01-01', '--to', '2026-05-05')).toEqual([
      '--to must not be before from, and at most 92 days with it.',
    ]);
    expect(await refused('usage', tenantId, '--from', 'May', '--to', '2026-05-05')).toEqual([
      '--from <day> must be a day, such as 2026-05-01; “May” was given.',
    ]);
  });
});
