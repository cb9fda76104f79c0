import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { framedCall } from './framed.js';
import { someWindow } from './window.fixture.js';

const base = 'https://vox.example';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A framed call in a window, and in `heard` what the page heard of it. */
function someCall() {
  const page = someWindow();
  /** @type {any[][]} */
  const heard = [];
  const note =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...given) =>
      void heard.push([name, ...given]);
  const call = framedCall({
    ...{ base, address: `${base}/widget`, title: 'Guide', token: async () => ({ type: 'vox-token', token: 't' }) },
    heard: {
      ...{ event: note('event'), call: note('call'), ready: note('ready'), minimise: note('minimise') },
      ...{ close: note('close'), size: note('size'), blocked: note('blocked'), gone: note('gone') },
    },
  });
  const [frame] = page.frames;
  const say = (/** @type {object} */ data) => page.say(frame, data);
  const starts = (id = 's1') => say({ type: 'vox-event', name: 'session:start', detail: { sessionId: id } });
  const ends = (id = 's1') =>
    say({ type: 'vox-event', name: 'session:end', detail: { sessionId: id, reason: 'idle' } });
  const events = (/** @type {string} */ name) => heard.filter(([kind, which]) => kind === 'event' && which === name);
  return { page, frame, call, heard, say, starts, ends, events };
}

describe('the framed call of a page', () => {
  it('hands its token to the frame that asks, at the origin of VOX, and hears no other window or origin', async () => {
    const { page, frame, heard, say } = someCall();
    page.say(frame, { type: 'vox-frame-ready' }, 'https://evil.example');
    page.say(undefined, { type: 'sm-voice-widget-close' });
    for (const data of [null, 'x', {}, { type: 'constructor' }, { type: '__proto__' }]) say(/** @type {any} */ (data));
    expect(heard).toEqual([]);
    say({ type: 'vox-frame-ready' });
    await vi.advanceTimersByTimeAsync(0);
    expect(frame?.told).toEqual([[{ type: 'vox-token', token: 't' }, base]]);
  });
  it('is told when it is shown and hidden, once it is there', () => {
    const { frame, call, say } = someCall();
    call.shown(true);
    say({ type: 'vox-here' });
    call.shown(false);
    expect(frame?.told).toEqual([[{ type: 'vox-shown', on: false }, base]]);
  });
  it('is told that its call shall end, says so, and leaves when it has', () => {
    const { frame, call, say, starts, ends, events, heard } = someCall();
    starts();
    call.hangUp();
    expect([frame?.told, frame?.isThere]).toEqual([[[{ type: 'vox-hang-up' }, base]], true]);
    ends();
    say({ type: 'vox-gone' });
    expect([events('session:end').length, frame?.isThere, heard.at(-1)]).toEqual([1, false, ['gone']]);
  });
  it('leaves after a moment where the frame does not answer, and its call has its end then', () => {
    const { frame, call, starts, events } = someCall();
    starts('s7');
    call.hangUp();
    vi.advanceTimersByTime(1_499);
    expect(frame?.isThere).toBe(true);
    vi.advanceTimersByTime(1);
    expect(frame?.isThere).toBe(false);
    expect(events('session:end')).toEqual([['event', 'session:end', { sessionId: 's7', reason: 'client' }]]);
  });
  it('leaves at once where there was no call', () => {
    const { frame, call, heard } = someCall();
    call.hangUp();
    expect([frame?.isThere, frame?.told, heard]).toEqual([false, [], [['gone']]]);
  });
  it('ends each call that has started once, whatever the frame says and whenever it is removed', () => {
    const step = fc.oneof(
      fc.constantFrom('start', 'end', 'gone', 'hang up', 'remove', 'wait'),
      fc.constantFrom('idle', 'starting', 'live'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { call, say, starts, ends, events, heard } = someCall();
        let [count, isOn] = [0, false];
        for (const each of steps) {
          if (each === 'start' && !isOn) starts(`s${(count += 1)}`);
          if (each === 'start') isOn = true;
          if (each === 'end' && isOn) ends(`s${count}`);
          if (each === 'end') isOn = false;
          if (each === 'gone') say({ type: 'vox-gone' });
          if (each === 'hang up') call.hangUp();
          if (each === 'remove') call.remove();
          if (each === 'wait') vi.advanceTimersByTime(2_000);
          if (['idle', 'starting', 'live'].includes(each)) say({ type: 'vox-call', state: each });
        }
        call.remove();
        const of = (/** @type {string} */ name) => events(name).map(([, , detail]) => detail.sessionId);
        expect(of('session:end')).toEqual(of('session:start'));
        expect(heard.filter(([name]) => name === 'gone').length).toBe(1);
        expect(call.isLive()).toBe(false);
      }),
    );
  });
});

describe('a frame that the browser does not load', () => {
  const blocked = (/** @type {any[][]} */ heard) => heard.filter(([name]) => name === 'blocked').length;
  it('is found by the policy that blocked it, and not by one that only reports or blocks another', () => {
    const { page, heard } = someCall();
    page.blocks('frame-src', { disposition: 'report' });
    page.blocks('frame-src', { blockedURI: 'https://other.example/x' });
    page.blocks('img-src');
    expect(blocked(heard)).toBe(0);
    page.blocks('frame-src');
    expect(blocked(heard)).toBe(1);
  });
  it('is found by its silence, once it seems loaded or after long', () => {
    const { frame, heard } = someCall();
    frame?.dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(2_500);
    expect(blocked(heard)).toBe(1);
    const other = someCall();
    vi.advanceTimersByTime(20_000);
    expect(blocked(other.heard)).toBe(1);
  });
  it.each(['vox-frame-ready', 'vox-here'])('is none that has said %s', (type) => {
    const { page, frame, say, heard } = someCall();
    say({ type });
    frame?.dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(60_000);
    page.blocks('frame-src');
    expect(blocked(heard)).toBe(0);
  });
});
