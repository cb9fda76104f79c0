import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { newId } from '../calls/protocol.ts';

const usualModel = 'gpt-realtime-2.1';
const Model = z.string().startsWith('gpt-');

/** What an ephemeral secret may be asked for. The official clients may leave out the session, or its model. */
export const ClientSecretRequest = z.object({
  expires_after: z
    .object({ anchor: z.literal('created_at'), seconds: z.number().int().min(10).max(7_200) })
    .default({ anchor: 'created_at', seconds: 600 }),
  session: z
    .looseObject({ type: z.literal('realtime'), model: Model.default(usualModel) })
    .default({ type: 'realtime', model: usualModel }),
});
type ClientSecretRequest = z.infer<typeof ClientSecretRequest>;

/** What a call is begun with, by the holder of the API key. */
export const Session = z.looseObject({ type: z.literal('realtime'), model: Model });
export type Session = z.infer<typeof Session>;

const Transcribed = z.looseObject({
  audio: z.looseObject({ input: z.looseObject({ transcription: z.looseObject({ model: z.string().min(1) }) }) }),
});
/** Whether a session asks for a transcript of what the visitor says. */
export const isTranscribed = (session: Session): boolean => Transcribed.safeParse(session).success;

export type ClientSecrets = Readonly<{
  mint: (
    request: ClientSecretRequest,
  ) => Readonly<{ value: string; expiresAt: number; session: Session & { id: string } }>;
  /** The session that a secret begins. `undefined` for a secret that is unknown, expired or used. */
  spend: (value: string) => Session | undefined;
}>;

/** Client secrets that wait for their one call. OpenAI lets a secret begin several calls; a grant of VOX means one. */
export function clientSecrets(now: () => Date): ClientSecrets {
  const waiting = new Map<string, { expiresAt: number; session: Session }>();
  const seconds = (): number => Math.floor(now().getTime() / 1_000);
  const forgetExpired = (): void => {
    for (const [value, { expiresAt }] of waiting) {
      if (expiresAt > seconds()) break;
      waiting.delete(value);
    }
  };
  return {
    mint({ expires_after, session }) {
      forgetExpired();
      const value = `ek_${randomBytes(16).toString('hex')}`;
      const expiresAt = seconds() + expires_after.seconds;
      waiting.set(value, { expiresAt, session });
      return { value, expiresAt, session: { ...session, id: newId('sess') } };
    },
    spend(value) {
      const found = waiting.get(value);
      waiting.delete(value);
      return found !== undefined && found.expiresAt > seconds() ? found.session : undefined;
    },
  };
}
