/**
 * What a browser counted of a connection so far.
 * @typedef {{ lost: number, received: number, roundTripSeconds: number | undefined }} Reading
 */

/** A report of RTCPeerConnection.getStats (W3C WebRTC Statistics §8). @param {Iterable<[string, any]>} report */
export function readingOf(report) {
  /** @type {Reading} */
  const reading = { lost: 0, received: 0, roundTripSeconds: undefined };
  for (const [, each] of report) {
    if (each.type === 'inbound-rtp' && each.kind === 'audio') {
      reading.lost += Math.max(0, each.packetsLost ?? 0);
      reading.received += Math.max(0, each.packetsReceived ?? 0);
    }
    const isUsed = each.type === 'candidate-pair' && each.nominated === true && each.state === 'succeeded';
    if (isUsed && typeof each.currentRoundTripTime === 'number') reading.roundTripSeconds = each.currentRoundTripTime;
  }
  return reading;
}

/** More is heard as gaps, or felt as a delay (ITU-T G.114: 400 ms one way is too much for a talk). */
const [lostMax, roundTripMax] = [0.05, 0.8];
/** With fewer packets than that, a share says nothing. */
const packetsMin = 20;

/** Whether a connection was poor between two readings. @param {Reading} before @param {Reading} now */
export function isPoor(before, now) {
  const lost = Math.max(0, now.lost - before.lost);
  const all = lost + Math.max(0, now.received - before.received);
  return (all >= packetsMin && lost / all > lostMax) || (now.roundTripSeconds ?? 0) > roundTripMax;
}

/** So many readings in a row change what the visitor is told: one burst is no news. */
const inARow = 2;

/**
 * Follows a connection. `take` answers whether it is weak by now.
 */
export function follower() {
  /** @type {Reading | undefined} */
  let before;
  let isWeak = false;
  let others = 0;
  return {
    /** @param {Reading} now */
    take(now) {
      const poor = before !== undefined && isPoor(before, now);
      before = now;
      others = poor === isWeak ? 0 : others + 1;
      if (others >= inARow) [isWeak, others] = [poor, 0];
      return isWeak;
    },
  };
}
