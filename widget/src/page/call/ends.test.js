import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { turn } from '../brokered/stream.fixture.js';
import { leaveEnds, tellEnd } from './ends.js';

/** @type {(() => void)[]} */
let onlines = [];
/** @type {(() => Promise<Response>)[]} */
let answers = [];
/** @type {any[]} */
let asked = [];
/** @type {any[]} */
let beacons = [];

const offline = () => Promise.reject(new TypeError('offline'));
const status = (/** @type {number} */ code) => async () => Response.json({}, { status: code });

beforeEach(() => {
  [onlines, answers, asked, beacons] = [[], [], [], []];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('window', {
    addEventListener: (/** @type {string} */ _name, /** @type {() => void} */ act) => onlines.push(act),
    removeEventListener: () => undefined,
  });
  vi.stubGlobal('navigator', {
    sendBeacon: (/** @type {string} */ path, /** @type {string} */ text) => beacons.push([path, JSON.parse(text)]),
  });
  vi.stubGlobal('fetch', (/** @type {string} */ path, /** @type {any} */ { body, keepalive }) => {
    asked.push({ path, body: JSON.parse(body), keepalive });
    return (answers.shift() ?? status(200))();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const settle = async () => {
  for (let n = 0; n < 20; n += 1) await turn();
};
const callOf = (/** @type {string} */ id) => ({ sm_session_id: id, session_token: `token of ${id}` });

it('the end of a call is sent again until the server took it, and at once when there is a connection', async () => {
  answers = [offline, offline, status(503)];
  tellEnd(callOf('a'));
  await settle();
  await vi.advanceTimersByTimeAsync(1_000);
  await settle();
  expect(asked).toHaveLength(2);
  for (const online of onlines) online();
  await settle();
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(4_000);
  await settle();
  expect(asked).toEqual(
    Array.from({ length: 4 }, () => ({ path: '/api/session/end', body: { sm_session_id: 'a' }, keepalive: true })),
  );
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveLength(4);
});
it('the end of a call that the server refuses is told no more', async () => {
  answers = [status(401)];
  tellEnd(callOf('b'));
  await settle();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveLength(1);
  leaveEnds(undefined);
  expect(beacons).toEqual([]);
});
it('a page that goes away hands over the end of its call, and those that the server has not taken', async () => {
  answers = [offline];
  tellEnd(callOf('c'));
  tellEnd(callOf('c'));
  await settle();
  expect(asked).toHaveLength(1);
  leaveEnds(callOf('d'));
  expect(beacons).toEqual(
    ['c', 'd'].map((id) => ['/api/session/end', { sm_session_id: id, authToken: `token of ${id}` }]),
  );
});
