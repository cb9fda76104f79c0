import { operations as o } from '../operations.js';
import { ask } from '../request.js';

/** @typedef {import('./call-state.js').News} News */
/** @typedef {import('./call-state.js').Ending} Ending */
/**
 * A call while it goes on. `onOver` takes what is undone at its end; what comes after the end is undone at once.
 * @typedef {Readonly<{agentId: string, voice: HTMLAudioElement, tell: (news: News) => void, isOver: () => boolean,
 *   onOver: (undo: () => void) => void, over: (ending: Ending) => void}>} Call
 */
/** @typedef {ReturnType<typeof import('./line.js').follow>} Heartbeats */

/** The microphone, or nothing where there is none that the page may use. */
const microphoneOf = async () => navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined);

/** @param {Call} call */
async function run(call) {
  /** @type {Heartbeats | undefined} */
  let beats;
  const microphone = await microphoneOf();
  if (microphone === undefined) return call.over({ trouble: 'microphone' });
  call.onOver(() => {
    for (const track of microphone.getTracks()) track.stop();
  });
  // The screen is there sooner without what only a call needs.
  const { follow, offerCall } = await import('./line.js');
  if (call.isOver()) return;
  /** @param {RTCPeerConnectionState} state */
  const onState = async (state) => {
    if (state === 'connected') call.tell({ kind: 'live' });
    if (state === 'connected' || state === 'failed') await beats?.beat();
    // The server may have ended it, and then the heartbeat has learnt why.
    if (state === 'failed') call.over({ trouble: 'line' });
  };
  const offered = await offerCall({ microphone, voice: call.voice, onState, onHungUp: () => void beats?.beat() });
  call.onOver(offered.abandon);
  if (call.isOver()) return;
  const answer = await ask(o.startCall, { agentId: call.agentId, offer: offered.sdp });
  if (answer.kind !== 'answered') return call.over({ refused: answer });
  beats = follow(answer.body, call);
  if (!call.isOver()) await offered.accept(answer.body.answer);
}

/**
 * Calls an agent as the member who is signed in, under the limits of members. The server makes the call: the page has
 * no line to anybody else. `tell` hears what happens, up to the end.
 * @param {{agentId: string, voice: HTMLAudioElement, tell: (news: News) => void}} wanted
 */
export function startTestCall({ agentId, voice, tell }) {
  let isOver = false;
  /** @type {(() => void)[]} */
  const undone = [];
  /** @type {Call['over']} */
  const over = (ending) => {
    if (isOver) return;
    isOver = true;
    for (const undo of undone.reverse()) undo();
    tell({ kind: 'over', ending });
  };
  /** @type {Call['onOver']} */
  const onOver = (undo) => {
    if (isOver) undo();
    else undone.push(undo);
  };
  tell({ kind: 'starting' });
  const call = { agentId, voice, tell, isOver: () => isOver, onOver, over };
  run(call).catch(() => over({ trouble: 'line' }));
  return { hangUp: () => over({ reason: 'client' }) };
}
