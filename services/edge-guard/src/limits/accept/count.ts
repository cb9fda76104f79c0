import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { Response } from 'express';
import { limitKeyOf } from '../../client/mod.ts';
import type { Dimension, Limit } from '../decide/window.ts';
import type { DenyCache } from '../keep/deny-cache.ts';
import type { LimitAnswer } from '../keep/limits.ts';
import { showLimits } from './limit-headers.ts';

export type CountDependencies = Readonly<{ limits: DenyCache; clock: Pick<Clock, 'now'> }>;
export type AddressCountDependencies = CountDependencies & Readonly<{ ipLimit: Limit }>;

/** An address is counted as what it is limited by: of IPv6 one /64. */
export const addressDimension = ({ ipLimit }: AddressCountDependencies, ip: string): Dimension => ({
  scope: 'ip',
  key: limitKeyOf(ip),
  limit: ipLimit,
});

/** Shows what is left. Throws Fault RATE_LIMIT_EXCEEDED with the time to wait, where nothing is. */
export function show({ clock }: CountDependencies, response: Response, answer: LimitAnswer): void {
  showLimits(response, answer, clock.now());
  if (answer.kind === 'refused')
    throw new Fault('RATE_LIMIT_EXCEEDED', {
      scope: answer.by.scope,
      retryAfterSeconds: Math.ceil(answer.retryMs / 1_000),
    });
}

/** Counts one request in every dimension at once. Throws Fault RATE_LIMIT_EXCEEDED with the time to wait. */
export async function count(
  dependencies: CountDependencies,
  response: Response,
  dimensions: readonly Dimension[],
): Promise<void> {
  show(dependencies, response, await dependencies.limits.take(dimensions));
}

/** What a check adds that has counted the request. */
export type Counted = Readonly<{ isCounted: true }>;
export const counted: Counted = { isCounted: true };
