import type { ApiRow } from '@vox/contracts';
import { type Head, sendJson } from '@vox/platform/http';
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { AnyCheck, Asked } from './check.ts';
import { handler } from './handler.ts';
import type { AddedBy, InOrder, UsedBy } from './order.ts';

/** What is said of a route to whoever calls it. */
type Description = Readonly<{
  method: 'get' | 'post' | 'put' | 'delete';
  /** The canonical path first. */
  paths: readonly string[];
  summary: string;
  credential:
    | 'none'
    | 'widget key'
    | 'widget token'
    | 'widget token or key'
    | 'session token'
    | 'login'
    | 'login or API key';
  /** The operation of `/api/v1` that it serves, if it is one. */
  api?: ApiRow;
  /** Longest body that it takes, where that is not what all others take. */
  bodyBytes?: number;
  /** What it answers with `status`; a page of HTML where it is left out, and `events` too. */
  answer?: z.ZodType;
  /** The data of each event, by name, of an answer that is a stream of them (Server-Sent Events). */
  events?: Readonly<Record<string, z.ZodObject>>;
  /** 200 where it is left out. */
  status?: 201 | 202 | 302;
}>;

/** Reads the body of a request, as long as its route takes. */
export type ReadBody = (request: Request, response: Response) => Promise<unknown>;

/** A public route, ready to be given what it works with. */
export type Route<Uses> = Description &
  Readonly<{
    query?: z.ZodObject;
    body?: z.ZodObject;
    checks: readonly AnyCheck[];
    handle: (dependencies: Uses, readBody: ReadBody) => RequestHandler;
  }>;

type Row<List extends readonly AnyCheck[], Uses, Answer> = Description &
  Readonly<{
    /** In the order in which they run. */
    checks: readonly [...List] & InOrder<List, Asked>;
    /** Gets what the checks have found out, and nothing of HTTP. */
    command: (dependencies: Uses) => (context: AddedBy<List>) => Answer | Promise<Answer>;
    /** Headers of the answer. */
    head?: Head;
    /** Sends an answer that is no JSON. One that goes on behind its return looks after its own end and failures. */
    send?: (response: Response, answer: Answer) => void;
    /** Measures how long whoever asked has waited, and for what. */
    duration?: Readonly<{ record: (seconds: number, labels: { outcome: string }) => void }>;
  }>;

/** One row of the table of routes. A check that comes before what it needs is a mistake that the compiler names. */
export function route<const List extends readonly AnyCheck[], Uses, Answer>(
  row: Row<List, Uses, Answer>,
): Route<UsedBy<List> & Uses> {
  const { checks: inOrder, command, head, send, duration, ...description } = row;
  const checks: readonly AnyCheck[] = inOrder;
  const answer = send ?? ((response: Response, value: Answer) => sendJson(response, value, head));
  return {
    ...description,
    ...Object.assign({}, ...checks.map(({ shows }) => shows)),
    checks,
    handle: (dependencies, readBody) =>
      handler({
        checks,
        dependencies,
        command: command(dependencies) as (context: object) => Answer | Promise<Answer>,
        send: (response, value) => answer(row.status ? response.status(row.status) : response, value as Answer),
        duration,
        readBody,
      }),
  };
}
