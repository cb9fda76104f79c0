import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beganMsOf, eventIdOf, firstState, isToldIn, type LiveEvent, retryMsOf, textOf } from './live-event.ts';

const caption = (text: string): LiveEvent => ({ kind: 'caption', itemId: 'i1', role: 'assistant', text, final: true });

/** Whatever may stand in a string, halves of characters too. */
const anything = fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units));

describe('an event as text', () => {
  it('is three lines and an empty one, and its data holds all that was said', () => {
    fc.assert(
      fc.property(anything, (words) => {
        const lines = textOf('1-1', caption(words)).split(/\r\n|\r|\n/);
        expect(lines.slice(0, 2)).toEqual(['id: 1-1', 'event: caption']);
        expect(lines.slice(3)).toEqual(['', '']);
        expect(JSON.parse((lines[2] ?? '').replace(/^data: /, ''))).toEqual({
          ...{ itemId: 'i1', role: 'assistant', final: true },
          text: words,
        });
      }),
    );
  });
});

describe('the id of an event', () => {
  it('tells when its stream began', () => {
    fc.assert(
      fc.property(fc.nat(8_640_000_000_000_000 / 10), fc.nat(), (beganMs, place) => {
        expect(beganMsOf(eventIdOf(beganMs, place))).toBe(beganMs);
      }),
    );
  });
  it.each([undefined, '', '1', '1-', '-1', '1-2-3', ' 1-1', '1-1\n', '1e3-1', '0x1-1', `${'1'.repeat(16)}-1`])(
    'that is none tells nothing: %j',
    (id) => expect(beganMsOf(id)).toBeUndefined(),
  );
});

describe('the first state', () => {
  it('is connecting until somebody has connected, and listening from then on', () => {
    expect([firstState('brokered', 0), firstState('brokered', 1)]).toMatchObject([
      { state: 'connecting' },
      { state: 'listening' },
    ]);
  });
  it('of a direct call is listening, for its page opens the stream once it is connected', () => {
    expect(firstState('direct', 0)).toMatchObject({ state: 'listening' });
  });
});

it('a direct call is told its states, what its agent shows and its end, and a brokered one everything', () => {
  const all: LiveEvent[] = [
    { kind: 'state', state: 'thinking' },
    { kind: 'ended', reason: 'idle' },
    caption('hello'),
    { kind: 'notice', what: 'settings-restored' },
    { kind: 'expiring', endsAt: '2026-05-05T12:00:00.000Z', remainingSeconds: 60 },
    { kind: 'link', useId: 'call_1', url: 'https://pay.example/1', label: 'Pay' },
  ];
  expect(all.filter((event) => isToldIn('direct', event)).map(({ kind }) => kind)).toEqual(['state', 'ended', 'link']);
  expect(all.every((event) => isToldIn('brokered', event))).toBe(true);
});

it('pages that are sent to another copy come back within some two seconds, and not all at once', () => {
  const waits = Array.from({ length: 256 }, (_, byte) => retryMsOf(byte));
  expect([Math.min(...waits), Math.max(...waits), new Set(waits).size]).toEqual([250, 2_290, 256]);
});
