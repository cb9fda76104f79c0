import type { RequestHandler, Response } from 'express';
import { z } from 'zod';

const ms = z.number().int().min(1).max(60_000);

/** What can go wrong. Most kinds are of an answer of the provider's API; the last five are of a call's events. */
export const Fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfterSeconds: z.number().optional(),
  }),
  z.object({ kind: z.literal('delay'), ms }),
  z.object({ kind: z.literal('hang') }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('half') }),
  z.object({ kind: z.literal('malformed') }),
  z
    .object({ kind: z.literal('lost'), how: z.enum(['reset', 'hang']).default('reset') })
    .describe('what was asked for is done, and its answer never comes'),
  z
    .object({ kind: z.literal('location'), value: z.string() })
    .describe('another Location: {id} stands for the call, and nothing for no such header'),
  z.object({ kind: z.literal('redirect'), to: z.string().min(1), status: z.number().int().min(301).max(308) }),
  z.object({ kind: z.literal('sdp'), status: z.number().int().min(200).max(599) }).describe('an SDP and no call'),
  z
    .object({ kind: z.literal('cut'), afterMs: ms, code: z.number().int().min(1_000).max(4_999).optional() })
    .describe('the sideband breaks after a while; with a code it is closed'),
  z.object({ kind: z.literal('mute') }).describe('the sideband opens, and says nothing'),
  z.object({ kind: z.literal('disorder') }).describe('the events of a turn come in reverse'),
  z.object({ kind: z.literal('double') }).describe('each event of a turn comes twice'),
  z.object({ kind: z.literal('silence') }).describe('the events of a turn do not come, and are billed'),
]);
export type Fault = z.infer<typeof Fault>;

const answers = ['status', 'delay', 'hang', 'reset', 'half', 'malformed', 'lost', 'location', 'redirect', 'sdp'];
/** Where something can go wrong, and what. */
const kindsOn = {
  client_secrets: answers,
  calls: answers,
  hangup: answers,
  live: answers,
  models: answers,
  sideband: ['status', 'delay', 'hang', 'reset', 'cut', 'mute'],
  events: ['disorder', 'double', 'silence'],
} as const satisfies Record<string, readonly string[]>;
export type Route = keyof typeof kindsOn;

export const ArmFault = z
  .object({
    fault: Fault,
    route: z.enum(Object.keys(kindsOn) as [Route, ...Route[]]).default('client_secrets'),
    times: z.number().int().min(1).max(1_000).default(1),
  })
  .refine(({ fault, route }) => (kindsOn[route] as readonly string[]).includes(fault.kind), {
    error: 'this cannot go wrong there',
  });

export type Faults = Readonly<{
  /** Makes the next `times` answers of a route fail with this fault. */
  arm: (fault: Fault, times: number, route: Route) => void;
  clear: () => void;
  /** Takes the fault that is armed next for a route. */
  next: (route: Route) => Fault | undefined;
  /** Applies the fault that is armed next to an answer of a route. */
  handler: (route: Route) => RequestHandler;
}>;

/** OpenAI's shape of an error. */
export const refusal = (type: string, code: string | null, message: string, param: string | null = null) => ({
  error: { message, type, param, code },
});

/** Faults on demand. */
export function faults(): Faults {
  const armed = new Map<Route, Fault[]>();
  const next = (route: Route): Fault | undefined => armed.get(route)?.shift();
  return {
    arm: (fault, times, route) => {
      armed.set(route, [...(armed.get(route) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    clear: () => armed.clear(),
    next,
    handler: (route) => (_request, response, proceed) => spoil(next(route), response, proceed),
  };
}

function spoil(fault: Fault | undefined, response: Response, proceed: () => void): void {
  switch (fault?.kind) {
    case 'delay':
      return void setTimeout(proceed, fault.ms);
    case 'hang':
      return;
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'half':
      return void half(response);
    case 'malformed':
      return void response.type('json').send('{"value":');
    case 'redirect':
      return void response.redirect(fault.status, fault.to);
    case 'sdp':
      return void response
        .status(fault.status)
        .type('application/sdp')
        .send('v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=-\r\n');
    case 'status':
      if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(fault.retryAfterSeconds));
      return void response.status(fault.status).json(refusal('server_error', null, 'private words of the provider'));
    case 'lost':
      lose(response, fault.how);
      return void proceed();
    default:
      if (fault?.kind === 'location') response.locals.location = fault.value;
      return void proceed();
  }
}

function half(response: Response): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"value":"ek_');
  setTimeout(() => response.socket?.destroy(), 20);
}

function lose(response: Response, how: 'reset' | 'hang'): void {
  const end = (): Response => {
    if (how === 'reset') response.socket?.resetAndDestroy();
    return response;
  };
  response.end = end as Response['end'];
}
