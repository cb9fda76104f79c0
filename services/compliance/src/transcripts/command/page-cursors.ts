import { invalidField } from '@vox/platform/fault';
import { z } from 'zod';
import type { UtterancePlace } from '../decide/utterance.ts';
import type { EndPlace } from '../keep/calls.ts';
import type { HeaderPlace } from '../keep/transcripts.ts';

/** Where a page ended, as an asker hands it back. It says nothing that the page did not say. */
type Cursor<T> = Readonly<{
  write: (last: T | undefined) => string | null;
  /** Throws Fault INVALID_REQUEST for what is no cursor of ours. */
  read: (text: string | undefined) => T | undefined;
}>;

function cursor<T extends object>(schema: z.ZodType<T>): Cursor<T> {
  return {
    write: (last) =>
      last === undefined ? null : Buffer.from(JSON.stringify(schema.parse(last))).toString('base64url'),
    read(text) {
      if (text === undefined) return undefined;
      const read = schema.safeParse(parsed(text));
      if (read.success) return read.data;
      throw invalidField('after', 'is no `next` of a page');
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const whole = z.number().int();

export const endCursor: Cursor<EndPlace> = cursor(z.object({ endedAtMs: whole, sessionId: z.uuid() }));
export const headerCursor: Cursor<HeaderPlace> = cursor(z.object({ startedAtMs: whole, sessionId: z.uuid() }));
export const placeCursor: Cursor<UtterancePlace> = cursor(
  z.object({ atMs: whole, sequence: whole, messageId: z.string().max(128) }),
);
