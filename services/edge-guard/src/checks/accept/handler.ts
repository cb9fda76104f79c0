import { Fault } from '@vox/platform/fault';
import type { Request, RequestHandler, Response } from 'express';
import type { AnyCheck } from './check.ts';
import { openChecks, passing } from './run-checks.ts';

type Handled = Readonly<{
  checks: readonly AnyCheck[];
  dependencies: unknown;
  command: (context: object) => unknown;
  send: (response: Response, answer: unknown) => void;
  duration: Readonly<{ record: (seconds: number, labels: { outcome: string }) => void }> | undefined;
  readBody: (request: Request, response: Response) => Promise<unknown>;
}>;

/** Answers a request: its checks, its command, and what the command answered. */
export function handler({ checks, dependencies, command, send, duration, readBody }: Handled): RequestHandler {
  const opened = openChecks(checks, dependencies);
  const handle: RequestHandler = (request, response) =>
    passing(opened, { request, response, readBody: () => readBody(request, response) }, async (context) =>
      send(response, await command(context)),
    );
  if (duration === undefined) return handle;
  return async (request, response, next) => {
    const startedMs = performance.now();
    const show = (outcome: string): void => duration.record((performance.now() - startedMs) / 1_000, { outcome });
    try {
      await handle(request, response, next);
      show('granted');
    } catch (error) {
      show(error instanceof Fault ? error.code : 'INTERNAL');
      throw error;
    }
  };
}
