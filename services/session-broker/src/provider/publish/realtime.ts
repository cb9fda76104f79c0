import { type ProviderProfile, toldTool } from '@vox/contracts';
import { Reason } from '@vox/platform/fault';
import type OpenAI from 'openai';
import { z } from 'zod';
import { callOf } from './location.ts';
import { baseOf, clientAt, failing, isNear, isSdp, type Place, sidebandAt, within } from './place.ts';
import { type CallWanted, type MadeCall, type Provider, ProviderFailure, type SettingsWanted } from './provider.ts';
import { openSideband } from './sideband.ts';

export type RealtimeTerms = Readonly<{
  /** How long a client secret lives. */
  secretSeconds: number;
  /** The model that transcribes what the visitor says. */
  transcriptionModel: string;
}>;

const Secret = z.object({ value: z.string().min(1).max(512), expires_at: z.number().int().positive() });

/** A provider that speaks the Realtime API, by its official client. */
export function realtimeProvider(profile: ProviderProfile, place: Place, terms: RealtimeTerms): Provider {
  const { secretSeconds, transcriptionModel } = terms;
  const { deadlineMs, hangUpTimeoutMs } = place;
  const client = clientAt(place);
  const hangUp: Provider['hangUp'] = (callId) => hungUp(client, callId, Math.min(deadlineMs, hangUpTimeoutMs));
  return {
    profile,
    isNear: isNear(place),
    async clientSecret({ timeoutMs, ...wanted }) {
      const answer = await failing(() =>
        client.realtime.clientSecrets.create(
          {
            expires_after: { anchor: 'created_at', seconds: secretSeconds },
            session: sessionOf(wanted, transcriptionModel),
          },
          within(Math.min(deadlineMs, timeoutMs)),
        ),
      );
      const secret = Secret.safeParse(answer);
      if (!secret.success) throw new ProviderFailure(secret.error);
      return { value: secret.data.value, expiresAtMs: secret.data.expires_at * 1_000 };
    },
    async makeCall(wanted) {
      const timeoutMs = Math.min(deadlineMs, wanted.timeoutMs);
      const response = await failing(() => asked(client, { ...wanted, timeoutMs }, transcriptionModel));
      const made = await readCall(response, `${baseOf(place)}/`);
      if (made.foreign) {
        // The call exists, and we know its name. It is not ours to use: whoever answered so is not to be trusted.
        await hangUp(made.callId).catch(() => undefined);
        throw new ProviderFailure(new Reason('it placed a call at another origin'));
      }
      return { callId: made.callId, answer: made.answer };
    },
    openSideband: (callId, listener, timeoutMs) =>
      openSideband(sidebandAt(place, '/realtime', { call_id: callId }), listener, timeoutMs),
    hangUp,
  };
}

const asked = (
  client: OpenAI,
  { offer, safetyIdentifier, timeoutMs, ...wanted }: CallWanted,
  transcriptionModel: string,
): Promise<Response> =>
  client.realtime.calls.create(
    { sdp: offer, session: sessionOf(wanted, transcriptionModel) },
    { ...within(timeoutMs), headers: { 'OpenAI-Safety-Identifier': safetyIdentifier } },
  );

/** Reads what the provider answers to an offer. Whatever its body says, the status and the place come first. */
async function readCall(response: Response, baseUrl: string): Promise<MadeCall & Readonly<{ foreign: boolean }>> {
  const call = callOf(response.headers.get('location'), baseUrl);
  const answer = await failing(() => response.text());
  if (response.status !== 201 || call === undefined)
    throw new ProviderFailure(new Reason('it made no call that it names'), { status: response.status });
  if (!isSdp(answer)) throw new ProviderFailure(new Reason('its answer to an offer is no SDP'));
  return { callId: call.callId, answer, foreign: !call.isOwn };
}

const unknownCall = 404;

async function hungUp(client: OpenAI, callId: string, timeoutMs: number): ReturnType<Provider['hangUp']> {
  try {
    await failing(() => client.realtime.calls.hangup(callId, within(timeoutMs)));
    return 'hung-up';
  } catch (error) {
    if (error instanceof ProviderFailure && error.status === unknownCall) return 'unknown';
    throw error;
  }
}

/** The provider always transcribes what it says itself. It transcribes what it hears only when asked to. */
const sessionOf = ({ agent, model, voice, transcribed }: SettingsWanted, transcriptionModel: string) => ({
  type: 'realtime' as const,
  model,
  instructions: agent.instructions,
  tools: agent.tools.map(toldTool),
  audio: { ...(transcribed && { input: { transcription: { model: transcriptionModel } } }), output: { voice } },
});
