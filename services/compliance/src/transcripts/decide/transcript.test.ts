import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesMax,
  type Call,
  dueAtMs,
  ended,
  finalised,
  type Message,
  mayKeep,
  messagesMax,
  opened,
  releasePlace,
  type Transcript,
  takePlace,
} from './transcript.ts';

const call: Call = {
  tenantId: 'acme',
  sessionId: '11111111-2222-4333-8444-555555555555',
  subjectId: '22222222-2222-4333-8444-555555555555',
  agentId: 'guide',
  startedAtMs: 1_000,
  endedAtMs: null,
};
const message: Message = { bytes: 10, acceptedAtMs: 5_000 };
const graceMs = 120_000;
const over = ended(opened(call), 10_000, graceMs);

describe('a message of a call', () => {
  it('is taken while the call lives, and counted', () => {
    const transcript = { ...opened(call), messages: 1, bytes: 10 };
    expect(takePlace(opened(call), message)).toEqual({ kind: 'taken', transcript });
  });
  it.each([
    ['that was accepted within the grace is taken', over, { ...message, acceptedAtMs: 10_000 + graceMs }, 'taken'],
    ['that was accepted later is late', over, { ...message, acceptedAtMs: 10_001 + graceMs }, 'late'],
    ['is refused once the transcript is final', finalised(over, { messages: 0, bytes: 0 }, 1), message, 'finalised'],
    ['past the bound of messages is refused', { ...over, messages: messagesMax }, message, 'full'],
    ['past the bound of bytes is refused', { ...over, bytes: bytesMax - 9 }, message, 'full'],
    ['that fills the bound is taken', { ...over, bytes: bytesMax - 10 }, message, 'taken'],
  ])('%s', (_title, transcript: Transcript, said, wanted) => {
    const answer = takePlace(transcript, said);
    expect(answer.kind === 'taken' ? 'taken' : answer.why).toBe(wanted);
  });
  it('never makes more of a transcript than its bounds, and leaves no trace when its place is released', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, (all) => {
        let now = opened(call);
        for (const bytes of all) {
          const taken = takePlace(now, { bytes, acceptedAtMs: 0 });
          if (taken.kind === 'refused') continue;
          expect(releasePlace(taken.transcript, { bytes })).toEqual(now);
          now = taken.transcript;
        }
        return now.bytes <= bytesMax && now.messages <= messagesMax;
      }),
    );
  });
});

describe('a transcript', () => {
  it('is due once all that was accepted in time has come, until no stream holds any of it', () => {
    expect(dueAtMs(opened(call))).toBeUndefined();
    expect(dueAtMs(over)).toBeGreaterThan(10_000 + graceMs);
    const closed = finalised(over, { messages: 2, bytes: 20 }, 200_000);
    expect(dueAtMs(closed)).toBe(dueAtMs(over));
    expect(dueAtMs({ ...closed, clearedAtMs: 200_001 })).toBeUndefined();
  });
  it('is final once, with what is really there, and its end is the first one heard', () => {
    const closed = finalised({ ...over, messages: 9, bytes: 90 }, { messages: 2, bytes: 20 }, 200_000);
    expect(closed).toMatchObject({ messages: 2, bytes: 20, finalisedAtMs: 200_000 });
    expect(finalised(closed, { messages: 7, bytes: 70 }, 300_000)).toEqual(closed);
    expect(releasePlace(closed, { bytes: 10 })).toEqual(closed);
    expect(ended(over, 99_000, graceMs)).toEqual(over);
  });
});

describe('what is said', () => {
  it.each([
    ['is dropped where the tenant keeps nothing, even with consent', 0, false, true, false, false],
    ['is kept where no consent is demanded and nothing was answered', 90, false, false, false, true],
    ['is dropped where consent is demanded and was not given', 90, true, false, false, false],
    ['is kept where consent is demanded and was given', 90, true, true, false, true],
    ['is dropped where consent was taken back, although none is demanded', 90, false, false, true, false],
  ])('%s', (_title, retentionDays, consentDemanded, isGiven, isTakenBack, wanted) => {
    expect(mayKeep({ retentionDays, consentDemanded, isGiven, isTakenBack })).toBe(wanted);
  });
});
