import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { share } from './share.js';

/** @typedef {import('./share.js').Hears} Hears */

/** @type {Set<{name: string, hangs: boolean, hear: (message: any) => void}>} */
let channels;
/** Who waits for the lock of a name, the first of whom has it. @type {Map<string, (() => void)[]>} */
let queues;

class Channel {
  /** @param {string} name */
  constructor(name) {
    this.own = { name, hangs: false, hear: (/** @type {any} */ _message) => {} };
    channels.add(this.own);
  }
  /** @param {string} _type @param {(message: any) => void} hear */
  addEventListener(_type, hear) {
    this.own.hear = hear;
  }
  /** @param {unknown} data */
  postMessage(data) {
    if (!channels.has(this.own)) throw new Error('the channel is closed');
    if (this.own.hangs) return;
    for (const each of channels) if (each !== this.own && each.name === this.own.name) each.hear({ data });
  }
  close() {
    channels.delete(this.own);
  }
}

const locks = {
  /** @param {string} name @param {{signal: AbortSignal}} options @param {() => Promise<unknown> | undefined} hold */
  request(name, { signal }, hold) {
    return new Promise((resolve, reject) => {
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      const begin = async () => {
        await hold();
        queue.shift();
        queue[0]?.();
        resolve(undefined);
      };
      signal.addEventListener('abort', () => {
        if (queue.indexOf(begin) > 0) queue.splice(queue.indexOf(begin), 1);
        reject(new Error('aborted'));
      });
      if (queue.push(begin) === 1) begin();
    });
  },
};

/** A tab: the streams that it opened and closed, what it heard, and how it leaves. */
function openTab(name = 'ann') {
  /** @type {Hears[]} */
  const streams = [];
  /** @type {string[]} */
  const heard = [];
  const seen = { opened: 0, closed: 0 };
  const leave = share(
    name,
    (hears) => {
      seen.opened += 1;
      streams.push(hears);
      return () => void (seen.closed += 1);
    },
    {
      onChange: (change) => heard.push(change.kind === 'changed' ? change.resource : 'anew'),
      onState: (isLive) => heard.push(isLive ? 'live' : 'lost'),
    },
  );
  return { stream: () => /** @type {Hears} */ (streams.at(-1)), heard, seen, leave };
}
const changed = /** @type {const} */ ({ kind: 'changed', resource: 'calls', id: 'a' });

beforeEach(() => {
  vi.useFakeTimers();
  [channels, queues] = [new Set(), new Map()];
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('navigator', { locks });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the tabs of a member', () => {
  it('have one stream together, and each hears what comes over it', () => {
    const tabs = [openTab(), openTab(), openTab()];
    expect(tabs.map(({ seen }) => seen.opened)).toEqual([1, 0, 0]);
    tabs[0]?.stream().onState(true);
    tabs[0]?.stream().onChange(changed);
    for (const { heard } of tabs) expect(heard).toEqual(['live', 'calls']);
  });
  it('know at once whether it is live where they come later', () => {
    const first = openTab();
    first.stream().onState(true);
    expect(openTab().heard).toEqual(['live']);
  });
  it('go on with a stream of the next tab when the one that has it goes', async () => {
    const [first, second, third] = [openTab(), openTab(), openTab()];
    third.leave();
    first.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect([first.seen.closed, second.seen.opened, third.seen.opened]).toEqual([1, 1, 0]);
    second.stream().onState(true);
    expect(second.heard).toEqual(['live']);
  });
  it('are live no more where nothing is heard of the tab that has the stream', () => {
    const [first, second] = [openTab(), openTab()];
    first.stream().onState(true);
    vi.advanceTimersByTime(300_000);
    expect(second.heard.includes('lost')).toBe(false);
    for (const each of channels) each.hangs = true;
    vi.advanceTimersByTime(100_000);
    expect(second.heard.at(-1)).toBe('lost');
  });
  it('hear nothing of another member’s', () => {
    const [ann, bob] = [openTab('ann'), openTab('bob')];
    expect([ann.seen.opened, bob.seen.opened]).toEqual([1, 1]);
    ann.stream().onChange(changed);
    expect(bob.heard).toEqual([]);
  });
  it('have a stream each where the browser knows no locks', () => {
    vi.stubGlobal('navigator', {});
    const [first, second] = [openTab(), openTab()];
    expect([first.seen.opened, second.seen.opened]).toEqual([1, 1]);
    first.stream().onChange(changed);
    expect([first.heard, second.heard]).toEqual([['calls'], []]);
    first.leave();
    expect([first.seen.closed, second.seen.closed]).toEqual([1, 0]);
  });
});
