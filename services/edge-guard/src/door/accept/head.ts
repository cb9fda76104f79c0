import { ServerResponse } from 'node:http';
import type { Head } from '@vox/platform/http';
import type { Express, Response } from 'express';
import helmet from 'helmet';

/**
 * What every answer carries, most of it helmet's: it is the same for all, so helmet is asked once and not for each
 * request.
 */
export function baseHead(requireHttps: boolean): Head {
  const head = ['Vary', 'Origin'];
  const response = {
    setHeader: (name: string, value: string) => head.push(name, value),
    removeHeader: () => undefined,
  };
  const guard = helmet({
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: requireHttps && { maxAge: 31_536_000, includeSubDomains: true },
  });
  guard({} as never, response as never, () => undefined);
  return head;
}

/** What an answer carries besides what is set for it alone. */
type Carried = { head?: Head; limits?: Head };

/**
 * Gives every answer of this app, however it is sent, the headers of `base`, or those that stand in `locals.head`
 * instead, and `locals.limits`. A header that was set for one answer wins. Most answers set none, and then the head is
 * written as it stands.
 */
export function carryHead(app: Express, base: Head): void {
  const { writeHead } = ServerResponse.prototype;
  app.response.writeHead = function carrying(this: Response, status: number, given: Head = []) {
    const { head = base, limits = [] } = this.locals as Carried;
    if (this.getHeaderNames().length === 0) return writeHead.call(this, status, head.concat(limits, given));
    const carried = head.concat(limits);
    for (let at = 0; at < carried.length; at += 2) {
      const name = carried[at] ?? '';
      if (!this.hasHeader(name)) this.setHeader(name, carried[at + 1] ?? '');
    }
    return writeHead.call(this, status, [...given]);
  } as Response['writeHead'];
}

/** A head without one of its headers. */
export const without = (head: Head, name: string): Head => {
  const at = head.indexOf(name);
  return at < 0 ? head : head.toSpliced(at, 2);
};
