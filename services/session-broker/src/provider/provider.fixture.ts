import { randomUUID } from 'node:crypto';
import { type ProviderProfile, standardProfiles, toldTool } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';
import { type CallWanted, type Provider, ProviderFailure, type SidebandListener } from './publish/provider.ts';

/** One call at the provider, as a test sees it. */
export type FakeCall = {
  readonly callId: string;
  readonly wanted: CallWanted;
  readonly listeners: Set<SidebandListener>;
  /** What was sent to it over its sidebands. */
  readonly told: unknown[];
  endedBy?: 'hang-up' | 'provider';
};

const answerOf = (callId: string): string =>
  ['v=0', 'o=- 3 4 IN IP4 0.0.0.0', `s=${callId}`, 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', ''].join(
    '\r\n',
  );

const realtime = standardProfiles[0] as ProviderProfile;

/** The call that an answer is of. */
export const callIn = (sdp: string): string | undefined => /^s=((?:rtc|live)_\w+)/m.exec(sdp)?.[1];

/** A provider in memory. `on` is asked before each step, and may throw in the provider's place. */
export function fakeProvider(
  clock: Pick<Clock, 'now'>,
  on: (step: string) => Promise<void> | void = () => undefined,
  profile: ProviderProfile = realtime,
) {
  const isLive = profile.adapter === 'openai-live';
  const calls = new Map<string, FakeCall>();
  const hungUp: string[] = [];
  function end(call: FakeCall, by: NonNullable<FakeCall['endedBy']>): void {
    call.endedBy ??= by;
    for (const listener of call.listeners) setImmediate(() => listener.onClosed());
    call.listeners.clear();
  }
  const provider: Provider = {
    profile,
    isNear: true,
    async clientSecret() {
      await on('secret');
      return { value: `ek_${randomUUID()}`, expiresAtMs: clock.now().getTime() + 30_000 };
    },
    async makeCall(wanted) {
      await on('make');
      const callId = `${isLive ? 'live' : 'rtc'}_${randomUUID().replaceAll('-', '')}`;
      calls.set(callId, { callId, wanted, listeners: new Set(), told: [] });
      await on('made');
      return { callId, answer: answerOf(callId) };
    },
    async openSideband(callId, listener) {
      await on('sideband');
      const call = calls.get(callId);
      if (call === undefined || call.endedBy !== undefined) throw new ProviderFailure('gone', { status: 404 });
      call.listeners.add(listener);
      const type = isLive ? 'session.started' : 'session.created';
      setImmediate(() => listener.onEvent(JSON.stringify({ type, session: sessionOf(call) })));
      return {
        send: (event) => void call.told.push(event),
        close() {
          if (call.listeners.delete(listener)) setImmediate(() => listener.onClosed());
        },
      };
    },
    async hangUp(callId) {
      await on('hang-up');
      hungUp.push(callId);
      const call = calls.get(callId);
      if (call === undefined || call.endedBy !== undefined) return 'unknown';
      end(call, 'hang-up');
      return 'hung-up';
    },
  };
  const heldCall = (callId?: string): FakeCall => {
    const call = callId === undefined ? [...calls.values()].at(-1) : calls.get(callId);
    if (call === undefined) throw new Error('no such call');
    return call;
  };
  return {
    provider,
    calls,
    hungUp,
    /** The calls that are not over. */
    open: (): FakeCall[] => [...calls.values()].filter(({ endedBy }) => endedBy === undefined),
    /** Sends an event to whoever hears a call; to the last one that was made where none is named. */
    emit(event: object, callId?: string): void {
      for (const { onEvent } of heldCall(callId).listeners) onEvent(JSON.stringify(event));
    },
    /** The sidebands of a call break. */
    cut(callId?: string): void {
      const call = heldCall(callId);
      for (const listener of call.listeners) setImmediate(() => listener.onClosed());
      call.listeners.clear();
    },
    end: (callId?: string): void => end(heldCall(callId), 'provider'),
    heldCall,
  };
}

export type AtProvider = ReturnType<typeof fakeProvider>;

/** The settings that a call has at the provider. */
export const sessionOf = ({ wanted: { agent, model, voice } }: FakeCall) => ({
  id: 'sess_1',
  ...{ type: 'realtime', model, instructions: agent.instructions, tools: agent.tools.map(toldTool) },
  audio: { output: { voice } },
});
