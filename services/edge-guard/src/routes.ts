import type { RequestHandler } from 'express';
import type { z } from 'zod';
import {
  AppendAnswer,
  BootstrapAnswer,
  ConsentAnswer,
  EndAnswer,
  FinalizeAnswer,
  HeartbeatAnswer,
  SessionAnswer,
  UsageAnswer,
} from './calls/accept/answers.ts';
import {
  AppendBody,
  BootstrapQuery,
  ConsentBody,
  EndBody,
  FinalizeBody,
  HeartbeatBody,
  SessionBody,
  UsageBody,
  WidgetQuery,
} from './calls/accept/bodies.ts';
import { postEnd, postHeartbeat, postUsage } from './calls/command/heartbeat.ts';
import { postSession } from './calls/command/request-session.ts';
import { postConsent } from './consent/command/record-consent.ts';
import type { Needs } from './dependencies.ts';
import { postAppend, postFinalize } from './transcripts/command/append-transcript.ts';
import { getWidget } from './widget/accept/page.ts';
import { getBootstrap, postRenew } from './widget/command/bootstrap.ts';

export type Route = Readonly<{
  method: 'get' | 'post';
  /** The canonical path first. */
  paths: readonly string[];
  summary: string;
  credential: 'none' | 'widget key' | 'widget token' | 'widget token or key' | 'session token';
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** Longest body that it takes, where that is not what all others take. */
  bodyBytes?: number;
  /** What it answers with `status`; a page of HTML where it is left out. */
  answer?: z.ZodObject;
  /** 200 where it is left out. */
  status?: 202;
  handle: (needs: Needs) => RequestHandler;
}>;

/** Every public route that decides something. The API’s document is made from this list. */
export const routes: readonly Route[] = [
  {
    method: 'get',
    paths: ['/api/public/widget/bootstrap'],
    summary: 'What a page needs to show the widget, with a token for one visitor.',
    credential: 'widget key',
    query: BootstrapQuery,
    answer: BootstrapAnswer,
    handle: getBootstrap,
  },
  {
    method: 'get',
    paths: ['/widget'],
    summary:
      'The page of the call, to be framed by the origin that its token was made for, or by the named one of its key.',
    credential: 'widget token or key',
    query: WidgetQuery,
    handle: getWidget,
  },
  {
    method: 'post',
    paths: ['/api/public/widget/renew'],
    summary: 'A fresh token for the same visitor, for one that is valid or expired less than ten minutes ago.',
    credential: 'widget token',
    answer: BootstrapAnswer,
    handle: postRenew,
  },
  {
    method: 'post',
    paths: ['/api/session'],
    summary: 'Asks for a call. Under an Idempotency-Key header the same request gets the same grant.',
    credential: 'widget token or key',
    body: SessionBody,
    answer: SessionAnswer,
    handle: postSession,
  },
  {
    method: 'post',
    paths: ['/api/heartbeat', '/api/realtime/heartbeat'],
    summary: 'Says that the call lives, and hears what is left of it.',
    credential: 'session token',
    body: HeartbeatBody,
    answer: HeartbeatAnswer,
    handle: postHeartbeat,
  },
  {
    method: 'post',
    paths: ['/api/usage/report', '/api/auth/usage'],
    summary: 'Reports what one response used. The same report again changes nothing.',
    credential: 'session token',
    body: UsageBody,
    answer: UsageAnswer,
    handle: postUsage,
  },
  {
    method: 'post',
    paths: ['/api/session/end'],
    summary: 'Ends the call. Works with sendBeacon.',
    credential: 'session token',
    body: EndBody,
    answer: EndAnswer,
    handle: postEnd,
  },
  {
    method: 'post',
    paths: ['/api/consent'],
    summary: 'Records what a visitor was shown and answered, and signs a receipt. `given: false` takes back.',
    credential: 'widget token',
    body: ConsentBody,
    answer: ConsentAnswer,
    handle: postConsent,
  },
  {
    method: 'post',
    paths: ['/api/transcripts/append'],
    summary:
      'Keeps what was said. Accepted once it cannot be lost any more; with 503 the page keeps it and sends it again. Works with sendBeacon.',
    credential: 'session token',
    body: AppendBody,
    bodyBytes: 262_144,
    answer: AppendAnswer,
    status: 202,
    handle: postAppend,
  },
  {
    method: 'post',
    paths: ['/api/transcripts/finalize'],
    summary: 'Says that all was sent. Works with sendBeacon.',
    credential: 'session token',
    body: FinalizeBody,
    answer: FinalizeAnswer,
    handle: postFinalize,
  },
];
