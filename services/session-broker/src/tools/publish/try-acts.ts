import type { Acting } from '@vox/contracts';
import { type ActOf, type ActPublisher, publishAct } from '@vox/platform/bus';
import type { UseFigures } from '../decide/uses.ts';

type Try = Readonly<{ act: ActOf; tryId: string; by: Acting }>;
type Sent = Readonly<{ kind: string; host?: string | undefined; method?: string | undefined; bytesOut: number }>;

/** Publishes who tries a tool, and at which host, before anything is sent. It lists ids and counts, and no argument. */
export function publishTry(
  to: ActPublisher,
  { act, tryId, by }: Try,
  { kind, host, method, bytesOut }: Sent,
): Promise<void> {
  const details = { tryId, kind, ...(host && { host: host.slice(0, 200) }), ...(method && { method }), bytesOut };
  return publishAct(to, act, by, { outcome: 'done', details });
}

/** Publishes what came of it, in figures. */
export function publishTried(
  to: ActPublisher,
  { act, tryId, by }: Try,
  { outcome, reason, status, ms, bytesIn }: UseFigures,
): Promise<void> {
  const details = { tryId, ...(reason && { reason }), ...(status !== undefined && { status }), ms, bytesIn };
  const isAnswered = outcome === 'answered';
  const tried = { ...act, action: 'tool.tried' };
  return publishAct(to, tried, by, { outcome: isAnswered ? 'done' : 'refused', details });
}
