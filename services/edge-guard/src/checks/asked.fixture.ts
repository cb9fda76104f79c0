import type { Asked } from './mod.ts';

type Given = Readonly<{
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  peer?: string;
}>;

/** A request as far as a check looks at one, in a test. */
export function asked({ headers = {}, query = {}, body = {}, peer = '127.0.0.1' }: Given = {}): Asked {
  const set: Record<string, string> = {};
  const request = {
    get: (name: string) => headers[name.toLowerCase()],
    is: (type: string) => (headers['content-type'] === undefined ? null : headers['content-type'] === type && type),
    accepts: () => headers.accept,
    query,
    socket: { remoteAddress: peer },
  };
  const response = {
    locals: { head: [] },
    set(name: string, value: string) {
      set[name] = value;
      return response;
    },
    append(name: string, value: string) {
      set[name] = value;
      return response;
    },
  };
  return { request, response, readBody: async () => body } as unknown as Asked;
}

/** A clock that stands still. */
export const clock = { now: () => new Date('2026-05-05T12:00:00.000Z') };
