import { randomBytes } from 'node:crypto';
import { z } from 'zod';

export const SecretWanted = z.object({
  expires_after: z
    .object({ anchor: z.literal('created_at'), seconds: z.number().int().min(10).max(7_200) })
    .default({ anchor: 'created_at', seconds: 600 }),
  session: z.looseObject({ type: z.literal('realtime'), model: z.string().startsWith('gpt-') }),
});
type Wanted = z.infer<typeof SecretWanted>;
export type Session = Wanted['session'];

const Transcribed = z.looseObject({
  audio: z.looseObject({ input: z.looseObject({ transcription: z.looseObject({ model: z.string().min(1) }) }) }),
});
/** Whether a session asks for what is heard to be written down. */
export const isTranscribed = (session: Session): boolean => Transcribed.safeParse(session).success;

export type Secrets = Readonly<{
  mint: (wanted: Wanted) => Readonly<{ value: string; expiresAt: number; session: Session & { id: string } }>;
  /** The session that a secret begins, once; `undefined` for one that is unknown, expired or used. */
  spend: (value: string) => Session | undefined;
}>;

/** Client secrets that wait for their one call. OpenAI lets a secret begin several; one is what a grant of VOX means. */
export function secrets(now: () => Date): Secrets {
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
      return { value, expiresAt, session: { ...session, id: `sess_${randomBytes(8).toString('hex')}` } };
    },
    spend(value) {
      const found = waiting.get(value);
      waiting.delete(value);
      return found !== undefined && found.expiresAt > seconds() ? found.session : undefined;
    },
  };
}
