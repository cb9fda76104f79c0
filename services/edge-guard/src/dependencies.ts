import type { BlockList } from 'node:net';
import type { Policy, ReceiptKey, RevocationDocument, Withdrawal } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import type { LoginClaims, SealKey, SessionClaims, Signer, Verifier, WidgetClaims } from '@vox/platform/crypto';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { BotVerifiers } from './bot/decide/verifier.ts';
import type { AddressHeader } from './client/decide/forwarded.ts';
import type { CeilingOptions } from './door/accept/ceiling.ts';
import type { Refusals } from './door/publish/refusals.ts';
import type { Limit } from './limits/decide/window.ts';
import type { DenyCache } from './limits/keep/deny-cache.ts';
import type { Marks } from './store/keep/claims.ts';
import type { Carries } from './transcripts/keep/redaction-states.ts';

export type EdgeSettings = Readonly<{
  /** Whose word on the client's address and protocol is believed. */
  proxies: BlockList;
  /** The header in which they give it; X-Forwarded-For where it is left out. */
  addressHeader?: AddressHeader;
  ipLimit: Limit;
  bodyBytes: number;
  /** What this copy holds at most, of all requests together. */
  ceiling?: CeilingOptions;
  requestDeadlineMs: number;
  /** Refuses what did not come over https, and tells browsers to use nothing else. */
  requireHttps: boolean;
  /** The origins under which browsers reach this door: what its own pages are of. */
  publicOrigins: ReadonlySet<string>;
  /** False lets every request pass as a person’s; never in production. */
  botProtection: boolean;
  /** Where the widget’s page talks to the provider. */
  providerUrl: string;
}>;

/** What the routes of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  limits: DenyCache;
  marks: Marks;
  carries: Carries;
  policies: Pick<Replica<Policy>, 'get' | 'current'>;
  revoked: Pick<Replica<z.infer<(typeof RevocationDocument)['data']>>, 'get' | 'current'>;
  receiptKeys: Pick<Replica<ReceiptKey>, 'get' | 'current'>;
  withdrawn: Pick<Replica<Withdrawal>, 'get' | 'current'>;
  /** Whether some widget key of some tenant is bound to this origin. */
  isKnownOrigin: (origin: string) => boolean;
  /** The body of a request as JSON, as long as this route takes; rejects with what answers INVALID_REQUEST or PAYLOAD_TOO_LARGE. */
  readBody: (request: Request, response: Response) => Promise<unknown>;
  redact: Redactor['redact'];
  signWidget: Signer<WidgetClaims>;
  verifyWidget: Verifier<WidgetClaims>;
  verifySession: Verifier<SessionClaims>;
  verifyLogin: Verifier<LoginClaims>;
  verifiers: BotVerifiers;
  flagBot: (tenantId: string, verifier: string) => Promise<unknown>;
  refusals: Refusals;
  settings: EdgeSettings;
  /** 32 bytes, the same in every copy: what answers are sealed under while they may be asked for again. */
  sealKey: SealKey;
  /** What addresses are hashed under before anybody else hears of them. */
  addressKey: Uint8Array;
  clock: Clock;
  uuid: () => string;
  random: (size: number) => Uint8Array;
  log: Log;
}>;
