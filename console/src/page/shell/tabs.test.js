import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { me, notice } from '../state.js';
import { signOut } from './sign-out.js';
import { listenToTabs, lookAgain } from './tabs.js';

const ann = { tenantId: 'acme', memberId: `m_${'a'.repeat(22)}`, role: 'owner', freshUntil: null };
const member = (/** @type {object} */ over = {}) => ({ kind: 'member', ...ann, ...over });

/** @type {string[]} */
let left = [];
/** Where the tab listens, by what for. @type {Record<string, (event: any) => void>} */
let heard = {};
/** @type {unknown[]} */
let told = [];

/** @param {number} status @param {object} body */
const serve = (status, body) => vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }));
const refused = (/** @type {number} */ status, /** @type {string} */ code) =>
  serve(status, { code, status, userMessage: 'No.' });
const listen = (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => {
  heard[name] = act;
};

beforeEach(() => {
  [left, heard, told] = [[], {}, []];
  me.value = ann;
  const replace = (/** @type {string} */ to) => left.push(to);
  vi.stubGlobal('location', { pathname: '/console/keys', search: '?state=live', replace });
  vi.stubGlobal('document', { addEventListener: listen, visibilityState: 'visible', activeElement: null });
  vi.stubGlobal('HTMLElement', class {});
  vi.stubGlobal('addEventListener', listen);
  vi.stubGlobal('scrollTo', () => undefined);
  const pushState = (/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ to) => {
    Object.assign(location, { pathname: to, search: '' });
  };
  vi.stubGlobal('history', { pushState });
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      addEventListener = listen;
      postMessage = (/** @type {unknown} */ news) => told.push(news);
    },
  );
  listenToTabs();
});
afterEach(() => {
  vi.unstubAllGlobals();
  [me.value, notice.value] = [undefined, ''];
});

describe('a tab of the console', () => {
  it('begins again as soon as the login is of another member or tenant', async () => {
    serve(200, member({ memberId: `m_${'b'.repeat(22)}`, tenantId: 'globex' }));
    await lookAgain();
    serve(200, member({ tenantId: 'globex' }));
    await lookAgain();
    expect(left).toEqual(['/console', '/console']);
  });
  it('goes on for the same member, with the role that they have now', async () => {
    serve(200, member({ role: 'viewer' }));
    await lookAgain();
    expect([left, me.value?.role]).toEqual([[], 'viewer']);
  });
  it('asks for a sign-in when the login is over, and goes on while nobody can say', async () => {
    refused(503, 'UNAVAILABLE');
    await lookAgain();
    expect(left).toEqual([]);
    refused(401, 'AUTH_REQUIRED');
    await lookAgain();
    expect(left).toEqual(['/console/sign-in?next=%2Fconsole%2Fkeys%3Fstate%3Dlive']);
  });
  it('looks again when somebody comes back to it, and when another tab tells of a sign-in', async () => {
    const events = [
      ['visibilitychange', {}],
      ['pageshow', { persisted: true }],
      ['message', { data: 'in' }],
    ];
    serve(200, member({ tenantId: 'globex' }));
    for (const [at, [name, event]] of events.entries()) {
      heard[String(name)]?.(event);
      await vi.waitFor(() => expect(left.length).toBe(at + 1));
    }
  });
  it('shows nothing more of a member who signed out in another, and leads nobody to where they were', () => {
    heard.message?.({ data: 'out' });
    expect(left).toEqual(['/console/sign-in']);
  });
  it('that shows nobody asks nothing', async () => {
    me.value = null;
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    heard.message?.({ data: 'out' });
    await lookAgain();
    expect([left, fetched.mock.calls]).toEqual([[], []]);
  });
});

describe('signing out', () => {
  it.each([
    [503, 'UNAVAILABLE'],
    [429, 'RATE_LIMIT_EXCEEDED'],
    [403, 'ORIGIN_MISMATCH'],
  ])('that the server refuses with %i leaves the member signed in on the page, which says so', async (status, code) => {
    refused(status, code);
    await signOut();
    expect([me.value, location.pathname, told]).toEqual([ann, '/console/keys', []]);
    await vi.waitFor(() => expect(notice.value).toMatch(/^You are still signed in\. ./));
  });
  it('ends what the page shows once the login is over, and tells the other tabs that it was ended', async () => {
    for (const answer of [() => serve(200, { ok: true }), () => refused(401, 'AUTH_REQUIRED')]) {
      me.value = ann;
      answer();
      await signOut();
      expect([me.value, location.pathname]).toEqual([null, '/console/sign-in']);
    }
    expect(told).toEqual(['out']);
  });
});
