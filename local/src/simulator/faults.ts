import type { RequestHandler } from 'express';
import { z } from 'zod';

/** What can go wrong with an answer of the provider's API. */
export const Fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfterSeconds: z.number().optional(),
  }),
  z.object({ kind: z.literal('delay'), ms: z.number().int().min(1).max(60_000) }),
  z.object({ kind: z.literal('hang') }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('half') }),
  z.object({ kind: z.literal('malformed') }),
]);
export type Fault = z.infer<typeof Fault>;

export type Faults = Readonly<{
  /** Makes the next `times` answers fail with this fault. */
  arm: (fault: Fault, times: number) => void;
  clear: () => void;
  /** Applies the fault that is armed next to an answer. */
  handler: RequestHandler;
}>;

/** OpenAI's shape of an error. */
export const refusal = (type: string, code: string | null, message: string) => ({
  error: { message, type, param: null, code },
});

/** Faults on demand. */
export function faults(): Faults {
  let armed: Fault[] = [];
  const handler: RequestHandler = (_request, response, next) => {
    const fault = armed.shift();
    switch (fault?.kind) {
      case undefined:
        return next();
      case 'delay':
        return void setTimeout(next, fault.ms);
      case 'hang':
        return;
      case 'reset':
        return void response.socket?.resetAndDestroy();
      case 'half':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"value":"ek_');
        return void setTimeout(() => response.socket?.destroy(), 20);
      case 'malformed':
        return void response.type('json').send('{"value":');
      case 'status':
        if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(fault.retryAfterSeconds));
        response.status(fault.status).json(refusal('server_error', null, 'private words of the provider'));
    }
  };
  return {
    arm: (fault, times) => {
      armed = [...armed, ...Array.from({ length: times }, () => fault)];
    },
    clear: () => {
      armed = [];
    },
    handler,
  };
}
