import type { ListSessions } from '@vox/contracts';
import { readingOf } from '@vox/platform/access';
import type { SealKeys } from '@vox/platform/crypto';
import type { z } from 'zod';
import type { LiveSession, Session } from '../decide/session.ts';
import { inTheOpen } from '../keep/sealed-person.ts';
import { keyTag, type Sessions, tenantTag } from '../keep/sessions.ts';
import { type RecordActDependencies, recordAct } from './record-act.ts';

export type ListSessionsDependencies = RecordActDependencies &
  Readonly<{ sessions: Pick<Sessions, 'tagged'>; sealKey: SealKeys }>;

export type ListedSession = Readonly<{ sessionId: string; session: LiveSession }>;
export type SessionPage = Readonly<{ sessions: readonly ListedSession[]; next: string | null }>;

type Asked = z.infer<(typeof ListSessions)['request']>;

const partMax = 1_000;

/**
 * A tenant's live sessions with their persons, in the order of their ids: one that begins or ends meanwhile moves no
 * other. The list says who calls now, so whoever reads a page of it is recorded: a login or a key that reads the same
 * page again within ten minutes, once.
 */
export async function listSessions(
  dependencies: ListSessionsDependencies,
  { tenantId, widgetKey, kind, after, limit, ...by }: Asked,
  credential?: string,
): Promise<SessionPage> {
  const { sessions, sealKey, clock } = dependencies;
  const page = ['session.list', tenantId, widgetKey, kind, after, limit, by.reason];
  const reading = readingOf(credential, page, clock.now().getTime());
  await recordAct(dependencies, { tenantId, action: 'session.list', target: `tenant:${tenantId}` }, by, reading);
  const tag = widgetKey === undefined ? tenantTag(tenantId) : keyTag(widgetKey);
  const found: ListedSession[] = [];
  for (let last = after; ; ) {
    const part = await sessions.tagged(tag, partMax, last);
    for (const { key, state } of part) {
      if (!isWanted(state, tenantId, kind)) continue;
      if (found.length === limit) return { sessions: found, next: found.at(-1)?.sessionId ?? null };
      found.push({ sessionId: key, session: inTheOpen(sealKey, key, state) });
    }
    last = part.at(-1)?.key;
    if (part.length < partMax) return { sessions: found, next: null };
  }
}

const isWanted = (session: Session, tenantId: string, kind: Asked['kind']): session is LiveSession =>
  session.kind === 'live' && session.tenantId === tenantId && (kind === undefined || session.identity.kind === kind);
