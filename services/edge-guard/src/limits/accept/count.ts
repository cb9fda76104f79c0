import { Fault } from '@vox/platform/fault';
import type { Request, Response } from 'express';
import { limitKeyOf } from '../../client/decide/address.ts';
import { clientIp } from '../../client/decide/client-ip.ts';
import type { Needs } from '../../dependencies.ts';
import type { Dimension } from '../decide/window.ts';
import type { Answer } from '../keep/limits.ts';
import { showLimits } from './limit-headers.ts';

export function ipOf({ settings }: Pick<Needs, 'settings'>, request: Request): string {
  const header = settings.addressHeader ?? 'x-forwarded-for';
  return clientIp(request.socket.remoteAddress ?? '', { header, value: request.get(header) }, settings.proxies);
}

export const ipDimension = (needs: Needs, ip: string): Dimension => ({
  scope: 'ip',
  key: limitKeyOf(ip),
  limit: needs.settings.ipLimit,
});

function show(needs: Needs, response: Response, answer: Answer): void {
  showLimits(response, answer, needs.clock.now());
  if (answer.kind === 'refused')
    throw new Fault('RATE_LIMIT_EXCEEDED', {
      scope: answer.by.scope,
      retryAfterSeconds: Math.ceil(answer.retryMs / 1_000),
    });
}

/** Takes from every dimension at once. Throws Fault RATE_LIMIT_EXCEEDED with the time to wait. */
export async function take(needs: Needs, response: Response, dimensions: readonly Dimension[]): Promise<void> {
  show(needs, response, await needs.limits.take(dimensions));
}

/** Refuses whom this copy knows to be over the limit, without asking the store. */
export function refuseKnown(needs: Needs, response: Response, dimension: Dimension): void {
  const refused = needs.limits.known(dimension);
  if (refused !== undefined) show(needs, response, refused);
}

/**
 * Runs what tells who asks. Whoever cannot say is counted by address and then refused, so that guessing costs the guesser; whoever can is
 * counted by what the caller counts, and a busy address shared by many does not end their calls.
 */
export async function countingStrangers<T>(
  needs: Needs,
  request: Request,
  response: Response,
  identify: () => Promise<T>,
): Promise<T> {
  const ip = ipDimension(needs, ipOf(needs, request));
  try {
    return await identify();
  } catch (error) {
    await take(needs, response, [ip]);
    throw error;
  }
}
