import type { Request } from 'express';

/** What begins a call: the browser's offer, and the session where the caller gives one. */
export type Begun = Readonly<{ offer: unknown; session: unknown }>;

/**
 * Reads the two ways of `POST /v1/realtime/calls`: `application/sdp` with the model in the query, and
 * `multipart/form-data` with the parts `sdp` and `session`. A part that is not there or is no JSON is `undefined`.
 */
export async function readBegun(request: Request): Promise<Begun> {
  const { model } = request.query;
  if (!Buffer.isBuffer(request.body))
    return { offer: request.body, session: typeof model === 'string' ? { type: 'realtime', model } : undefined };
  const headers = { 'content-type': request.get('content-type') ?? '' };
  const form = await new Response(new Uint8Array(request.body), { headers }).formData().catch(() => new FormData());
  return { offer: await textOf(form.get('sdp')), session: jsonOf(await textOf(form.get('session'))) };
}

/** The official clients send each part as a file without a name, others as plain text. */
const textOf = async (part: string | File | null): Promise<string | undefined> =>
  part === null || typeof part === 'string' ? (part ?? undefined) : part.text();

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
