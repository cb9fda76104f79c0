import type { Question } from '@vox/contracts';
import { z } from 'zod';
import { Fault, type FaultAnswer, faultCodes, issuesOf } from '../fault/mod.ts';
import type { Asker } from './bus.ts';

/** How an answer travels: a value, or the fault that the answering service threw, without its private cause. */
const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.enum(faultCodes), answer: z.record(z.string(), z.unknown()) }),
]);

type Handle = (request: never, asker: Asker) => Promise<unknown>;

/**
 * Takes the bytes of a request and gives the bytes of a reply. Never throws: what broke goes to `onThrow` and is
 * answered INTERNAL.
 */
export async function answerBytes(
  question: Question,
  bytes: Uint8Array,
  asker: Asker,
  handle: Handle,
  onThrow: (error: unknown) => void,
): Promise<string> {
  try {
    const request = question.request.safeParse(parseJson(bytes));
    if (!request.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(request.error) });
    const value = question.reply.parse(await handle(request.data as never, asker));
    return JSON.stringify({ ok: true, value });
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'INTERNAL') onThrow(error);
    return faultBytes(error);
  }
}

/** A fault in the form in which it travels as a reply. */
export function faultBytes(error: unknown): string {
  const fault = error instanceof Fault ? error : new Fault('INTERNAL', {}, { cause: error });
  return JSON.stringify({ ok: false, code: fault.code, answer: fault.answer });
}

/**
 * The value of a reply. Throws the answering service's Fault, or UNAVAILABLE when the bytes are no reply to this
 * question.
 */
export function readReply<Q extends Question>(question: Q, bytes: Uint8Array): z.infer<Q['reply']> {
  const reply = Reply.safeParse(parseJson(bytes));
  if (!reply.success) throw new Fault('UNAVAILABLE', {}, { cause: reply.error });
  if (!reply.data.ok) throw new Fault(reply.data.code, reply.data.answer as FaultAnswer);
  const value = question.reply.safeParse(reply.data.value);
  if (!value.success) throw new Fault('UNAVAILABLE', {}, { cause: value.error });
  return value.data as z.infer<Q['reply']>;
}

const utf8 = new TextDecoder();

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}
