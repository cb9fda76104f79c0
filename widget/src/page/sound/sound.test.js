import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { levelOf, smoothed } from './level.js';
import { codeOf } from './microphone.js';
import { orbIn } from './orb.js';
import { follower, readingOf } from './quality.js';

describe('how loud a side of a call is', () => {
  it('is nothing in silence, more with more sound, and within its range whatever comes', () => {
    const wave = (/** @type {number} */ height) =>
      Array.from({ length: 512 }, (_, n) => 128 + (n % 2 ? height : -height));
    expect([0, 4, 16, 127].map((height) => levelOf(wave(height)))).toEqual([0, 0.125, 0.5, 1]);
    expect(levelOf([])).toBe(0);
    fc.assert(
      fc.property(fc.uint8Array(), fc.double({ min: 0, max: 1, noNaN: true }), (samples, before) => {
        const level = levelOf(samples);
        const shown = smoothed(before, level);
        return (
          level >= 0 && level <= 1 && shown >= Math.min(before, level) - 1e-9 && shown <= Math.max(before, level) + 1e-9
        );
      }),
    );
  });
});

describe('the picture of a call', () => {
  /** @param {boolean} matches whether the visitor wants less motion */
  function opened(matches) {
    const style = { setProperty: vi.fn(), removeProperty: vi.fn() };
    const context = vi.fn(() => ({
      createAnalyser: () => ({ getByteTimeDomainData: (/** @type {Uint8Array} */ samples) => samples.fill(144) }),
      createMediaStreamSource: () => ({ connect() {} }),
      close: async () => undefined,
    }));
    vi.stubGlobal('requestAnimationFrame', () => 1);
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
    const still = { matches, addEventListener() {} };
    const orb = orbIn(/** @type {any} */ ({ style }), /** @type {any} */ ({ context, still }));
    const stream = { getAudioTracks: () => [{}] };
    const streams = /** @type {any} */ (() => ({ visitor: stream, agent: null }));
    return { orb, style, context, streams };
  }
  it('moves with what each side says', () => {
    const { orb, style, streams } = opened(false);
    orb.show(streams);
    expect(style.setProperty.mock.calls).toEqual([
      ['--visitor', '0.300'],
      ['--agent', '0.000'],
    ]);
    orb.show(undefined);
    expect(style.removeProperty.mock.calls.slice(-2)).toEqual([['--visitor'], ['--agent']]);
  });
  it('rests for a visitor who wants less motion, and while nobody sees it', () => {
    const { orb, style, context, streams } = opened(true);
    orb.show(streams);
    expect([style.setProperty, context].map(({ mock }) => mock.calls)).toEqual([[], []]);
    const hidden = opened(false);
    hidden.orb.shown(false);
    hidden.orb.show(hidden.streams);
    expect(hidden.context).not.toHaveBeenCalled();
    hidden.orb.shown(true);
    expect(hidden.context).toHaveBeenCalledOnce();
  });
});

describe('the code of a microphone that cannot be used', () => {
  it.each([
    ['NotAllowedError', false, 'MICROPHONE_POLICY'],
    ['NotAllowedError', true, 'MICROPHONE_DENIED'],
    ['SecurityError', true, 'MICROPHONE_DENIED'],
    ['NotFoundError', true, 'MICROPHONE_MISSING'],
    ['OverconstrainedError', true, 'MICROPHONE_MISSING'],
    ['NotReadableError', true, 'MICROPHONE_BUSY'],
    ['AbortError', true, 'MICROPHONE_BUSY'],
    ['TypeError', true, 'VOICE_UNSUPPORTED'],
    [undefined, true, 'MICROPHONE_DENIED'],
  ])('of %s, where the page’s policy allows one: %s, is %s', (name, isAllowed, code) => {
    expect(codeOf(name, isAllowed)).toBe(code);
  });
});

describe('the connection of a call', () => {
  /** A reading with so much lost and received since the start. @param {number} lost @param {number} received */
  const reading = (lost, received, roundTripSeconds = 0.05) => ({ lost, received, roundTripSeconds });

  it('is weak when two readings in a row lose more than one packet of twenty, and well again after two good ones', () => {
    const { take } = follower();
    const readings = [
      [0, 0],
      [10, 150],
      [10, 300],
      [25, 450],
      [40, 600],
      [40, 750],
      [55, 900],
      [55, 1_050],
      [55, 1_200],
    ];
    expect(readings.map(([lost = 0, received = 0]) => take(reading(lost, received)))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
  it('is weak when an answer takes too long, whatever is lost', () => {
    const { take } = follower();
    expect([0.1, 0.9, 0.9].map((seconds, n) => take(reading(0, n * 150, seconds)))).toEqual([false, false, true]);
  });
  it('is not weak because nobody speaks, or because the browser counts anew', () => {
    const { take } = follower();
    const readings = [
      [0, 0],
      [2, 3],
      [4, 6],
      [0, 0],
      [0, 0],
    ];
    expect(readings.map(([lost = 0, received = 0]) => take(reading(lost, received)))).not.toContain(true);
  });
  it('is read from what the browser counts of the voice and of the pair of addresses in use', () => {
    const report = new Map(
      Object.entries({
        a: { type: 'inbound-rtp', kind: 'audio', packetsLost: 3, packetsReceived: 90 },
        b: { type: 'inbound-rtp', kind: 'video', packetsLost: 9, packetsReceived: 9 },
        c: { type: 'candidate-pair', nominated: false, state: 'succeeded', currentRoundTripTime: 9 },
        d: { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.1 },
      }),
    );
    expect(readingOf(report)).toEqual({ lost: 3, received: 90, roundTripSeconds: 0.1 });
    expect(readingOf(new Map())).toEqual({ lost: 0, received: 0, roundTripSeconds: undefined });
  });
});
