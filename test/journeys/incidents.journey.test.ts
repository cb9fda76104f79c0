import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { voxCommand } from '@vox/cli/commands';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { type Browser, newMember } from './member.ts';

describe('the register of incidents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vox-incidents-'));
  let journey: Journey;
  let officer: Browser;
  beforeAll(async () => {
    journey = await openJourney();
    officer = (await newMember(journey, 'petra@example.com', 'privacy-officer')).browser;
  }, 30_000);
  afterAll(async () => {
    await journey.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is kept over HTTP by a privacy officer, from the first sign to the end, and by no viewer', async () => {
    const opened = await officer.post('/api/v1/incidents', { title: 'a lost laptop; sealed' });
    expect(opened).toMatchObject({ status: 201, body: { state: 'open', deadline: 'running' } });
    const path = `/api/v1/incidents/${opened.body.incidentId}`;
    expect((await officer.post(`${path}/notes`, { risk: 'none' })).body).toMatchObject({ risk: 'none' });
    const closed = await officer.post(`${path}/close`, { outcome: 'no-risk', reason: 'its disk was sealed' });
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed', deadline: 'kept' } });
    const { timeline } = (await officer.get(path)).body as unknown as { timeline: { step: string }[] };
    expect(timeline.map(({ step }) => step)).toEqual(['opened', 'risk', 'closed']);
    const { browser: viewer } = await newMember(journey, 'vera@example.com', 'viewer');
    expect((await viewer.get(path)).body).toMatchObject({ code: 'FORBIDDEN' });
  });
  it('is a file for a spreadsheet, split at commas or semicolons, over HTTP and from the command line', async () => {
    const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const csv = async (query: string) => {
      const answer = await fetch(`${journey.url}/api/v1/incidents${query}`, {
        headers: { cookie, accept: 'text/csv' },
      });
      return { status: answer.status, text: Buffer.from(await answer.arrayBuffer()).toString('utf8') };
    };
    expect((await csv('')).text).toMatch(
      /^tenantId,incidentId,title,[^\n]*\r\ndemo,[^,]*,a lost laptop; sealed,closed,/,
    );
    const split = /^\ufefftenantId;incidentId;title;[^\n]*\r\ndemo;[^;]*;"a lost laptop; sealed";closed;/;
    expect((await csv('?separator=;')).text).toMatch(split);
    expect((await csv('?separator=x')).status).toBe(400);
    const nothing = (): void => undefined;
    const operator = { ask: journey.bus.ask, actor: 'operator:test', requestId: 'r1', say: nothing, note: nothing };
    const out = join(folder, 'register.csv');
    const typed = ['incident', 'export', 'demo', '--out', out, '--separator', ';'];
    await voxCommand({ ...operator, print: async () => undefined }).parseAsync(typed, { from: 'user' });
    expect(readFileSync(out, 'utf8')).toMatch(split);
  });
});
