import { LeaseSigningKey, PolicyDocument, RevocationDocument, SigningKeyDocument } from '@vox/shared/contracts';
import { leasedSigner, SessionToken, tokenVerifier, WidgetToken } from '@vox/shared/crypto';
import { repeat } from '@vox/shared/time';
import type { Express } from 'express';
import { edgeApp } from './accept/app.ts';
import type { Needs } from './accept/needs.ts';
import { refusals } from './publish/refusals.ts';

/** What is opened elsewhere; the rest is made here from the bus. */
export type EdgeOptions = Pick<Needs, 'bus' | 'limits' | 'fallback' | 'settings' | 'clock' | 'uuid' | 'random' | 'log'>;

const flushMs = 10_000;

/** Wires the rooms of edge-guard. It opens nothing itself: the caller listens with the app. */
export async function startEdge(options: EdgeOptions): Promise<{ app: Express; stop: () => Promise<void> }> {
  const { bus, clock, log, uuid } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const revoked = await bus.documents(RevocationDocument).follow();
  const keys = await bus.documents(SigningKeyDocument).follow();
  const failed = (error: unknown): void => log.warn({ error }, 'a refusal could not be told');
  const told = refusals(bus, clock, uuid, failed);
  const app = edgeApp({
    ...options,
    policies,
    revoked,
    refusals: told,
    signWidget: leasedSigner(WidgetToken, () => bus.ask(LeaseSigningKey, { use: 'widget' }), clock),
    verifyWidget: tokenVerifier(WidgetToken, keys.get),
    verifySession: tokenVerifier(SessionToken, keys.get),
  });
  const flushing = repeat(flushMs, told.flush, failed);
  return {
    app,
    async stop() {
      await flushing.stop();
      await told.flush();
      for (const replica of [policies, revoked, keys]) await replica.stop();
    },
  };
}
