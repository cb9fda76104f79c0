import { DiffPolicyVersions, ListAudit, ListPolicyVersions, ShowAgent, ShowTenant } from '@vox/contracts';
import { openDemoShop } from '@vox/local/demo-shop';
import { demoDraft } from '@vox/local/demo-tenant';
import { demoTools } from '@vox/local/demo-tools';
import { settled } from '@vox/testing';
import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { beMember, openWatchedPage } from './console/page.ts';
import { type Journey, openJourney } from './journey.ts';
import { codeFor, mailsTo, newMember } from './member.ts';
import { oneCall } from './one-call.ts';

const browser = await chromiumBrowser(process.env);
const email = 'tara@example.com';
const hostile = '<img src=x onerror=alert(1)>';
const value = 'canary-value-71c9-e2';
const shop = await openDemoShop();

const [find, ...builtIns] = demoTools ?? [];
/** A tool whose every text is somebody’s markup, and whose host says it back. */
const echo = {
  ...{ kind: 'http_tool', name: 'echo', description: hostile },
  parameters: {
    type: 'object',
    properties: {
      text: { type: 'string', description: hostile },
      count: { type: 'integer' },
      loud: { type: 'boolean' },
      kind: { enum: ['a', hostile, 7] },
      more: { type: 'array', items: { type: 'string' } },
      [hostile]: { type: 'string' },
    },
    required: ['text'],
  },
  http: {
    ...{ method: 'POST', urlTemplate: 'https://echo.example/say' },
    headers: { 'X-Key': '{{secrets.ECHO_KEY}}' },
    jsonBodyTemplate: { text: '{{args.text}}', count: '{{args.count}}', loud: '{{args.loud}}', kind: '{{args.kind}}' },
  },
  ui: { kind: 'card', title: hostile, fields: ['said'] },
};

/** Everything that the page holds in memory, as text, once what nothing holds is gone. */
async function heapOf(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page);
  let text = '';
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    text += chunk;
  });
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.takeHeapSnapshot');
  await devtools.detach();
  return text;
}

describe.skipIf(browser === undefined)('in Chromium, the console’s secrets and tools', () => {
  let journey: Journey;
  let page: Page;
  let lateMs = 0;
  const wrong: string[] = [];
  const sent: { headers: Readonly<Record<string, string>>; body: unknown }[] = [];
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });
  const row = (name: RegExp) => page.getByRole('row', { name });

  /** Makes a secret so many days older than it is. */
  const age = (name: string, days: number) =>
    journey.stores.secretBooks.update('demo', (book) => {
      if (book === undefined) return { result: undefined };
      const aged = book.secrets.map((secret) => ({
        ...secret,
        versions: secret.versions.map((each) => ({
          ...each,
          createdAtMs: each.createdAtMs - (secret.name === name ? days * 86_400_000 : 0),
        })),
      }));
      return { result: undefined, state: { ...book, secrets: aged } };
    });

  beforeAll(async () => {
    journey = await openJourney({
      clock: { now: () => new Date(Date.now() + lateMs) },
      draft: {
        ...{ ...demoDraft, limits: { widget: { idleSeconds: 61 }, console: {} } },
        agents: demoDraft.agents.map((agent) => ({ ...agent, tools: [find, ...builtIns, echo] })),
      },
      toolEgress: {
        async send(request) {
          if (!request.url.startsWith('https://echo.example/')) return shop.toolEgress.send(request);
          const body = JSON.parse(String(request.body)) as object;
          sent.push({ headers: request.headers, body });
          const said = Buffer.from(JSON.stringify({ said: hostile, back: request.headers['X-Key'], heard: body }));
          return { kind: 'answered', status: 200, headers: {}, body: said, isCut: false };
        },
      },
    });
    await shop.lendKey(journey.bus, 'demo');
    const member = await newMember(journey, email, 'owner');
    const { code } = await codeFor(journey, member.browser, email, {
      ...{ path: '/api/auth/step-up/send', words: 'to confirm' },
    });
    await member.browser.post('/api/auth/step-up/verify', { code });
    if (browser === undefined) throw new Error('no browser');
    page = await openWatchedPage(browser, wrong);
    await beMember(page, journey, member);
  });
  afterAll(async () => {
    await browser?.close();
    await journey?.close();
    await shop.close();
  });

  it('keep a secret whose value is forgotten as soon as it was sent, refused or not', async () => {
    await page.goto(`${journey.url}/console/secrets`);
    await row(/SHOP_KEY/).waitFor();
    await button('Keep a secret').click();
    await page.getByLabel('Name').fill('echo');
    const field = page.getByLabel('Value', { exact: true });
    await field.fill(value);
    await page.getByLabel('Hosts').fill('echo.example\nother.example');
    await page.getByLabel('Reason').fill(hostile);
    await inDialog('Keep a secret').click();
    await dialog().getByRole('alert').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect([await field.inputValue(), await field.getAttribute('type')]).toEqual(['', 'password']);
    await page.getByLabel('Name').fill('ECHO_KEY');
    await field.fill(value);
    await inDialog('Keep a secret').click();
    await row(/ECHO_KEY.*1.*Days: 0.*echo\.example.*never/).waitFor();
    expect(await page.content()).not.toContain(value);
    const heap = await heapOf(page);
    expect(heap).toContain('ECHO_KEY');
    expect(heap).not.toContain(value);
    expect(await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage, history.state])')).not.toContain(
      value,
    );
  });

  it('show in each tool where it goes and what is wrong with it, and try one with what a form of its schema holds', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Tools', exact: true }).click();
    await heading('Tools').waitFor();
    const cells = await row(/^echo /).textContent();
    expect(cells).toMatch(/over HTTP.*echo\.example.*ECHO_KEY.*unused-argument/s);
    expect(cells).toContain(hostile);
    await row(/^end_call of VOX itself/).waitFor();
    expect(await page.getByRole('button', { name: 'Try: end_call' }).count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);

    await button('Try: echo').click();
    const label = (name: string) => dialog().getByLabel(name, { exact: true });
    await label('text').fill('Hello');
    await label('count').fill('1,5');
    await label('kind').selectOption(hostile);
    await label('more').fill('["a"]');
    await inDialog('Try').click();
    await dialog().getByRole('alert').waitFor();
    expect(await label('count').getAttribute('aria-invalid')).toBe('true');
    expect(sent).toEqual([]);
    await label('count').fill('3');
    await label('loud').selectOption('true');
    await inDialog('Try').click();
    const came = dialog().getByRole('status');
    await came.getByText('200', { exact: true }).waitFor();
    expect(sent).toEqual([expect.objectContaining({ body: { text: 'Hello', count: 3, loud: true, kind: hostile } })]);
    expect(sent[0]?.headers['X-Key']).toBe(value);
    const answer = (await came.locator('pre').first().textContent()) ?? '';
    expect(JSON.parse(answer)).toEqual({ said: hostile, back: '[secret]', heard: sent[0]?.body });
    expect(await axeViolations(page)).toEqual([]);
    await inDialog('Close').click();

    await button('Try: find_order').click();
    await dialog().getByLabel('number').fill('nothing');
    await inDialog('Try').click();
    await dialog().getByText('The arguments do not fit the schema of the tool.').waitFor();
    await page.keyboard.press('Escape');
  });

  it('write the tools of an agent: checked, with the difference, as a version that changes nothing else', async () => {
    await button('Write the tools').click();
    const field = dialog().getByLabel('Tools', { exact: true });
    const written = JSON.parse(await field.inputValue()) as { name: string; http?: object }[];
    expect(written.map(({ name }) => name)).toContain('echo');
    const told = (tools: unknown) => field.fill(JSON.stringify(tools, null, 2));
    await field.fill('[');
    await inDialog('Check').click();
    await dialog().getByText('must be a list, as JSON').first().waitFor();
    await told(
      written.map((tool) => ({ ...tool, ...(tool.http && { http: { ...tool.http, urlTemplate: 'http://a' } }) })),
    );
    await inDialog('Check').click();
    await dialog().getByText('insecure-url').first().waitFor();
    expect(await inDialog('Put as a new version').count()).toBe(0);
    await told(written.filter(({ name }) => name !== 'end_call'));
    await inDialog('Check').click();
    await inDialog('Put as a new version').waitFor();
    expect(await dialog().locator('pre.diff .gone').allTextContents()).toContain('-     "name": "end_call"\n');
    await inDialog('Look at past calls').click();
    await row(/^Tools of agents stricter/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog().getByLabel('Reason').fill('the agent shall not hang up');
    // By now the code is no longer fresh.
    lateMs = 6 * 60_000;
    await inDialog('Put as a new version').click();
    await button('Send me a code').click();
    const mails = await mailsTo(journey, email, 'to confirm', 2);
    await page.getByLabel('Code from the mail').fill(/^\s*(\d{6})\s*$/m.exec(mails.at(-1)?.text ?? '')?.[1] ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('The policy has these tools.').waitFor();
    await row(/^end_call /).waitFor({ state: 'detached' });
    const { policy } = await journey.bus.ask(ShowTenant, { tenantId: 'demo' });
    const { agent } = await journey.bus.ask(ShowAgent, {
      tenantId: 'demo',
      agentSetId: policy.agentSetId,
      agentId: 'guide',
    });
    expect(agent.tools.map(({ name }) => name)).toEqual(
      written.map(({ name }) => name).filter((name) => name !== 'end_call'),
    );
    const { versions } = await journey.bus.ask(ListPolicyVersions, { tenantId: 'demo', limit: 2 });
    const [toVersion = 0, fromVersion = 0] = versions.map(({ version }) => version);
    const { changes } = await journey.bus.ask(DiffPolicyVersions, { tenantId: 'demo', fromVersion, toVersion });
    expect(changes.map(({ path }) => path)).toEqual(['/agents/0/openingBytes', '/agents/0/tools']);
  });

  it('stand beside what a change of the policy would have done to past calls, tried or gone back to', async () => {
    await oneCall(journey);
    await page.goto(`${journey.url}/console/policy`);
    await button('Try a change').click();
    const field = dialog().getByLabel('Policy', { exact: true });
    const written = JSON.parse(await field.inputValue()) as object;
    const look = async (draft: object) => {
      await field.fill(JSON.stringify(draft, null, 2));
      await inDialog('Look at past calls').click();
    };
    await look({ ...written, timeZone: 'Mars' });
    await dialog().getByText('timeZone: must be an IANA time zone').waitFor();
    await look({ ...written, branding: { primaryColor: '#000000' } });
    await dialog().getByText('Nothing differs that binds calls.').waitFor();
    await look({ ...written, limits: { widget: { openSessions: 0, requestsPerMinute: 1 }, console: {} } });
    await row(/^Open calls Calls of visitors stricter 10 → 0 1 0 0 guide 1/).waitFor();
    await row(/^Requests a minute, each person .* cannot be told/).waitFor();
    await dialog().getByText('What visitors would have done instead.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button('Roll back').first().click();
    await inDialog('Look at past calls').click();
    await row(/^Tools of agents looser/).waitFor();
    await page.keyboard.press('Escape');
  });

  it('rotate and remove a secret, which the tools that name it then say, and old ones stand out', async () => {
    await age('ECHO_KEY', 90);
    await age('SHOP_KEY', 89);
    const member = await newMember(journey, 'ulla@example.com', 'developer');
    const { code } = await codeFor(journey, member.browser, 'ulla@example.com', {
      ...{ path: '/api/auth/step-up/send', words: 'to confirm' },
    });
    await member.browser.post('/api/auth/step-up/verify', { code });
    await page.context().clearCookies();
    await beMember(page, journey, member);
    await page.goto(`${journey.url}/console/secrets`);
    await row(/ECHO_KEY.*Days: 90\. Old: rotate it\./).waitFor();
    expect(await row(/SHOP_KEY.*Days: 89/).textContent()).not.toContain('Old');
    await button('Rotate: ECHO_KEY').click();
    await page.getByLabel('Value', { exact: true }).fill('canary-second-value');
    await inDialog('Rotate').click();
    await row(/ECHO_KEY.*2.*Days: 0/).waitFor();
    await button('Take hosts away: ECHO_KEY').click();
    await dialog().getByLabel('echo.example').uncheck();
    await inDialog('Take hosts away').click();
    await row(/ECHO_KEY.*other\.example/).waitFor();
    await page.goto(`${journey.url}/console/tools`);
    await row(/^echo .*may not be sent to this host/).waitFor();
    expect(await page.getByRole('button', { name: /^(Try|Write)/ }).count()).toBe(0);
    await page.goto(`${journey.url}/console/secrets`);
    await button('Remove: ECHO_KEY').click();
    await dialog().getByLabel('Type “ECHO_KEY” to confirm').fill('ECHO_KEY');
    await inDialog('Remove').click();
    await row(/ECHO_KEY/).waitFor({ state: 'detached' });
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`${journey.url}/console/tools`);
    await row(/^echo .*is no secret of this tenant/).waitFor();
    await settled(journey.bus);
    const { entries } = await journey.bus.ask(ListAudit, { tenantId: 'demo', limit: 200, actor: 'operator:test' });
    expect(JSON.stringify(entries)).not.toMatch(/canary-(?:value|second)/);
    expect(await page.locator('img').count()).toBe(0);
    expect(wrong).toEqual([]);
  });
});
