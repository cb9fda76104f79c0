import { Fault, Reason } from '@vox/shared/fault';
import type { Request, RequestHandler, Response } from 'express';

/** What one copy of the door has in memory at most: requests under way, and bytes of their bodies that have arrived. */
export type CeilingOptions = Readonly<{ requestsMax: number; bodyBytesMax: number }>;

export const standardCeiling: CeilingOptions = { requestsMax: 2_000, bodyBytesMax: 67_108_864 };

export type Ceiling = Readonly<{
  /** Lets a request in, or sheds it with Fault UNAVAILABLE: the next copy, or the next second, has room. */
  enter: RequestHandler;
  /** Counts the body while `read` reads it, until the request is answered. Rejects with Fault UNAVAILABLE when all bodies together are too long. */
  hold: <T>(request: Request, response: Response, read: () => Promise<T>) => Promise<T>;
}>;

const full = (what: string): Fault => new Fault('UNAVAILABLE', {}, { cause: new Reason(what) });

/**
 * Bounds what strangers can make this process hold, whatever each of them is allowed. Bytes count when they arrive and not when they are announced:
 * who announces much and sends nothing keeps nobody out.
 */
export function ceiling({ requestsMax, bodyBytesMax }: CeilingOptions): Ceiling {
  let requests = 0;
  let bytes = 0;
  return {
    enter(_request, response, next) {
      if (requests >= requestsMax) throw full('too many requests are under way');
      requests += 1;
      response.once('close', () => {
        requests -= 1;
      });
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
