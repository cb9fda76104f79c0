import { type Head, noStore } from '@vox/platform/http';
import { staysOpen } from '@vox/platform/telemetry';
import type { Response } from 'express';
import { leaveDoor } from '../../door/mod.ts';
import type { Line, Outlet } from '../command/line.ts';
import { type NamedEvent, retryAfter, silence, textOf } from '../decide/live-event.ts';

const head: Head = [
  ...['Content-Type', 'text/event-stream'],
  ...noStore,
  // A proxy hands on each event when it comes (nginx, ngx_http_proxy_module).
  ...['X-Accel-Buffering', 'no'],
  // Whoever comes back does so on a new connection, which a balancer can lead to another copy.
  ...['Connection', 'close'],
];

/** What a page may leave unread in this process. One that leaves more is cut off. */
const unreadBytesMax = 65_536;
/** How long the last words may take to leave. */
const lingerMs = 1_000;

/** Sends the events of a line until either side ends it. It has a place of its own, so it holds none at the door. */
export function sendEvents<E extends NamedEvent>(response: Response, line: Line<E>): void {
  leaveDoor(response);
  staysOpen();
  response.once('close', () => line.end());
  response.writeHead(200, [...head]);
  // Nobody reads it who asked by HEAD, or who went away while it was opened.
  if (response.req.method === 'HEAD' || response.destroyed) line.end();
  line.flow(outletOf(response));
}

function outletOf<E extends NamedEvent>(response: Response): Outlet<E> {
  const write = (text: string): void => {
    response.write(text);
    // By the next turn the network has taken what it takes.
    setImmediate(() => {
      if (response.writableLength > unreadBytesMax) response.destroy();
    });
  };
  return {
    event: (id, event) => write(textOf(id, event)),
    silence: () => write(silence),
    end(retryMs) {
      if (response.destroyed) return;
      if (retryMs !== undefined) response.write(retryAfter(retryMs));
      response.end();
      const timer = setTimeout(() => response.destroy(), lingerMs);
      response.once('close', () => clearTimeout(timer));
    },
  };
}
