import type { BrowserChannel, ProviderProfile } from '@vox/contracts';
import { Reason } from '@vox/platform/fault';
import type OpenAI from 'openai';
import { z } from 'zod';
import { callIdShape } from './location.ts';
import { clientAt, failing, isNear, isSdp, type Place, sidebandAt, within } from './place.ts';
import { type CallWanted, type Provider, ProviderFailure } from './provider.ts';
import { openSideband, type SidebandAddress } from './sideband.ts';

const Created = z.object({
  session: z.object({ id: z.string().regex(callIdShape) }),
  transport: z.object({ sdp: z.string() }),
});

/** A provider that speaks the Live API, by its official client. */
export function liveProvider(profile: ProviderProfile, place: Place): Provider {
  const client = clientAt(place);
  const { deadlineMs } = place;
  const openAt = (callId: string) => sidebandAt(place, `/live/sessions/${callId}/attach`);
  const hangUp: Provider['hangUp'] = (callId) => closed(openAt(callId), Math.min(deadlineMs, place.hangUpTimeoutMs));
  return {
    profile,
    isNear: isNear(place),
    clientSecret: () => Promise.reject(new ProviderFailure(new Reason('it lends no client secrets'))),
    async makeCall(wanted) {
      const timeoutMs = Math.min(deadlineMs, wanted.timeoutMs);
      const created = Created.safeParse(await failing(() => asked(client, { ...wanted, timeoutMs })));
      if (!created.success) throw new ProviderFailure(new Reason('it made no session that it names'));
      const { session, transport } = created.data;
      if (isSdp(transport.sdp)) return { callId: session.id, answer: transport.sdp };
      // The session exists, and nobody can use it.
      await hangUp(session.id).catch(() => undefined);
      throw new ProviderFailure(new Reason('its answer to an offer is no SDP'));
    },
    openSideband: (callId, listener, timeoutMs) => openSideband(openAt(callId), listener, timeoutMs),
    hangUp,
  };
}

/** What a browser may say. Anything else is refused by the provider. */
const sayable: Readonly<Record<BrowserChannel, string[]>> = {
  none: [],
  guarded: ['session.input_audio.mute', 'session.input_audio.unmute'],
};
/** What a browser may hear. Words go to it through us, and events that show a session show its instructions. */
const hearable: Readonly<Record<BrowserChannel, { type: string }[]>> = {
  none: [],
  guarded: ['session.input_audio.muted', 'session.input_audio.unmuted', 'error'].map((type) => ({ type })),
};

const asked = (client: OpenAI, { agent, model, voice, channel, ...wanted }: CallWanted): Promise<unknown> =>
  client.live.create(
    {
      session: {
        model,
        instructions: agent.instructions,
        audio: { output: { voice } },
        client: {
          data_channel: { allowed_client_events: sayable[channel], allowed_server_events: hearable[channel] },
        },
        safety_identifier: wanted.safetyIdentifier,
        store: false,
      },
      transport: { type: 'webrtc', sdp: wanted.offer },
    },
    within(wanted.timeoutMs),
  );

const unknownCall = 404;

function isEnd(text: string): boolean {
  if (!text.includes('session.closed')) return false;
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type === 'session.closed';
  } catch {
    return false;
  }
}

/**
 * Ends a session over a connection of its own, so that any copy can: the provider has a route for that for telephone
 * calls alone. It is over once the provider says so, or knows no such session.
 */
async function closed(address: SidebandAddress, timeoutMs: number): ReturnType<Provider['hangUp']> {
  const said = Promise.withResolvers<'hung-up'>();
  const fail = (why: string): void => said.reject(new ProviderFailure(new Reason(why)));
  // It may fail before anybody waits for it.
  said.promise.catch(() => undefined);
  const late = setTimeout(() => fail('it did not say that a session is over'), timeoutMs);
  try {
    const sideband = await openSideband(
      address,
      {
        onEvent: (text) => isEnd(text) && said.resolve('hung-up'),
        // A connection that breaks shows nothing: the end is tried again, and then there is no such session.
        onClosed: () => fail('a connection broke before a session was over'),
      },
      timeoutMs,
    );
    sideband.send({ type: 'session.close' });
    return await said.promise.finally(sideband.close);
  } catch (error) {
    if (error instanceof ProviderFailure && error.status === unknownCall) return 'unknown';
    throw error;
  } finally {
    clearTimeout(late);
  }
}
