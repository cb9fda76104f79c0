import { Fault, Reason } from '@vox/platform/fault';
import type { Request, RequestHandler, Response } from 'express';
import { eachOf, placesOf } from '../decide/places.ts';

/**
 * What one copy of the door has in memory at most: requests under way, in all and of one address, and bytes of their
 * bodies that have arrived.
 */
export type CeilingOptions = Readonly<{ requestsMax: number; requestsPerAddressMax: number; bodyBytesMax: number }>;

export const standardCeiling: CeilingOptions = {
  requestsMax: 2_000,
  requestsPerAddressMax: 64,
  bodyBytesMax: 67_108_864,
};

export type Ceiling = Readonly<{
  /** Lets a request in, or sheds it with Fault UNAVAILABLE: the next copy, or the next second, has room. */
  enter: RequestHandler;
  /**
   * Counts the body while `read` reads it, until the request is answered. Rejects with Fault UNAVAILABLE when all
   * bodies together are too long.
   */
  hold: <T>(request: Request, response: Response, read: () => Promise<T>) => Promise<T>;
}>;

/**
 * Gives the place of a request free before its end, for an answer that goes on for long: whoever sends it counts it.
 */
export const leaveDoor = ({ locals }: Response): void => (locals as Placed).leaveDoor?.();
type Placed = { leaveDoor?: () => void };

const full = (what: string): Fault => new Fault('UNAVAILABLE', {}, { cause: new Reason(what) });

const reasons = {
  'all-taken': 'too many requests are under way',
  'holder-has-enough': 'too many requests of this address are under way',
} as const;

/**
 * Bounds what strangers can make this process hold, whatever each of them is allowed. A request has its place from its
 * first line to its end, also while its body is awaited: `keyOf` tells whose it is, and whoever has their share of the
 * places gets no more, however slowly they send. Bytes count when they arrive and not when they are announced.
 */
export function ceiling(
  { requestsMax, requestsPerAddressMax, bodyBytesMax }: CeilingOptions,
  keyOf: (request: Request) => string,
): Ceiling {
  const places = placesOf({ all: requestsMax, each: eachOf(requestsMax, requestsPerAddressMax) });
  let bytes = 0;
  return {
    enter(request, response, next) {
      const place = places.take(keyOf(request));
      if (typeof place === 'string') throw full(reasons[place]);
      (response.locals as Placed).leaveDoor = place.leave;
      // Also when the client goes away before it is answered.
      response.once('close', place.leave);
      next();
    },
    hold: (request, response, read) =>
      new Promise((resolve, reject) => {
        let own = 0;
        const count = (chunk: Buffer): void => {
          own += chunk.length;
          bytes += chunk.length;
          if (bytes <= bodyBytesMax) return;
          // What else this client sends is not waited for.
          if (!response.headersSent) response.setHeader('Connection', 'close');
          reject(full('too much of bodies is held'));
        };
        request.on('data', count);
        response.once('close', () => {
          request.off('data', count);
          bytes -= own;
        });
        read().then(resolve, reject);
      }),
  };
}
