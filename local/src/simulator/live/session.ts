import { z } from 'zod';

const Events = z.union([z.literal('all'), z.array(z.string())]).default('all');
const Selectors = z.union([z.literal('all'), z.array(z.looseObject({ type: z.string() }))]).default('all');

/** What a Live session is begun with. A field that the provider does not know is refused. */
export const LiveSession = z.strictObject({
  model: z.string().startsWith('gpt-live-'),
  type: z.literal('live').optional(),
  audio: z.looseObject({}).optional(),
  client: z
    .strictObject({
      data_channel: z.strictObject({ allowed_client_events: Events, allowed_server_events: Selectors }),
    })
    .optional(),
  delegation: z.looseObject({ type: z.string() }).nullish(),
  input: z.array(z.looseObject({})).max(128).optional(),
  instructions: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  store: z.boolean().optional(),
  triggers: z.array(z.looseObject({})).optional(),
});
export type LiveSession = z.infer<typeof LiveSession>;

export const LiveRequest = z.strictObject({
  session: LiveSession,
  transport: z.strictObject({ type: z.literal('webrtc'), sdp: z.string() }),
});

/** The resolved configuration, as `session.started`, `session.updated` and `session.closed` show it. */
export type LiveResource = Readonly<Record<string, unknown> & { delegation: Readonly<{ type: string }> }>;

export function resourceOf(session: LiveSession, id: string, expiresAt: number): LiveResource {
  const { safety_identifier: _private, type: _type, delegation, ...given } = session;
  return {
    instructions: null,
    store: false,
    ...given,
    audio: { output: { voice: 'marin', ...(given.audio?.output as object | undefined) } },
    delegation: delegation ?? { type: 'client' },
    id,
    expires_at: expiresAt,
    status: 'active',
  };
}
