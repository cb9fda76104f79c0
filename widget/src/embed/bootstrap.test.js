import { afterEach, expect, it, vi } from 'vitest';
import { words as english } from '../page/words/en.js';
import { bootstrapOf } from './bootstrap.js';
import { settingsOf } from './settings.js';
import { someWindow } from './window.fixture.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const { settings } = settingsOf({ base: 'https://vox.example', widgetKey: 'w_1', agentId: 'guide' });
const { signal } = new AbortController();
const asking = () => bootstrapOf({ settings, words: () => english, signal });
const troubleOf = async (/** @type {Promise<any>} */ asked) => (await asked.catch((error) => error)).trouble;
const down = () => {
  throw new TypeError('Failed to fetch');
};

it('the bootstrap of a widget is asked once for all who want it, and again when its token ends soon', async () => {
  vi.useFakeTimers();
  const { asked, answers } = someWindow();
  answers.push(() => ({ ok: true, widgetSessionToken: 'a' }));
  answers.push(() => ({ ok: true, widgetSessionToken: 'b' }));
  const fresh = asking();
  expect(await Promise.all([fresh(), fresh()])).toMatchObject([
    { widgetSessionToken: 'a' },
    { widgetSessionToken: 'a' },
  ]);
  expect(asked).toEqual(['https://vox.example/api/public/widget/bootstrap?key=w_1&agentId=guide']);
  vi.advanceTimersByTime(240_001);
  expect(await fresh()).toMatchObject({ widgetSessionToken: 'b' });
});
it('a bootstrap that is refused tells the code of the server with its sentence, and is asked again', async () => {
  const { answers } = someWindow();
  answers.push(() => ({ ok: false, code: 'TENANT_SUSPENDED', userMessage: 'Switched off.' }));
  answers.push(() => ({ ok: true, tenantId: 'acme' }));
  const fresh = asking();
  expect(await troubleOf(fresh())).toMatchObject({ code: 'TENANT_SUSPENDED', message: 'Switched off.' });
  expect(await fresh()).toMatchObject({ tenantId: 'acme' });
});
it('a bootstrap that is not answered tells the developer whether the policy of the page was why', async () => {
  const page = someWindow();
  page.answers.push(down, () => null);
  const { message, ...unreachable } = await troubleOf(asking()());
  expect([message, unreachable]).toEqual([
    english.unreachable,
    { code: 'EDGE_UNREACHABLE', hint: expect.stringContaining('https://vox.example') },
  ]);
  expect((await troubleOf(asking()())).code).toBe('INTERNAL');
  page.answers.push(() => {
    page.blocks('connect-src');
    return down();
  });
  expect(await troubleOf(asking()())).toMatchObject({ code: 'CONNECT_BLOCKED', message: english.notHere });
});
