import { issuesOf } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as contracts from '../mod.ts';
import type { Question } from './question.ts';

/** The places where a schema silently drops unknown fields. */
function lenientIn(schema: z.core.$ZodType, path: string): string[] {
  const def = schema._zod.def as z.core.$ZodTypes['_zod']['def'];
  switch (def.type) {
    case 'object': {
      const within = Object.entries(def.shape).flatMap(([name, each]) => lenientIn(each, `${path}.${name}`));
      return def.catchall?._zod.def.type === 'never' ? within : [path, ...within];
    }
    case 'array':
      return lenientIn(def.element, `${path}.*`);
    case 'union':
      return def.options.flatMap((each) => lenientIn(each, path));
    case 'optional':
    case 'nullable':
    case 'default':
      return lenientIn(def.innerType, path);
    case 'pipe':
      return [...lenientIn(def.in, path), ...lenientIn(def.out, path)];
    default:
      return [];
  }
}

const acting = { actor: 'operator:ada', reason: 'a test' };
const tenantId = 'acme';
const identifiers = [{ kind: 'email', value: 'ann@example.com' }];
const misspelt: readonly (readonly [Question, object, string])[] = [
  [contracts.SearchTranscripts, { tenantId, identifier: identifiers[0] }, 'identifier'],
  [contracts.ReplayErasures, { ...acting, receipt: ['x'] }, 'receipt'],
  [contracts.PlaceHold, { tenantId, ...acting, scope: { kind: 'tenant', identifiers } }, 'identifiers'],
  [contracts.ListPrivacyRequests, { tenantId, status: 'done' }, 'status'],
  [contracts.ListAudit, { tenantId, ...acting, filter: { actions: 'key.revoke' } }, 'actions'],
  [contracts.SetKillSwitch, { tenantId, ...acting, engaged: true, key: 'w_acme_site_0011223344556677' }, 'key'],
  [contracts.EndSessions, { tenantId, ...acting, sessionId: 'one' }, 'sessionId'],
];

describe('a question', () => {
  it('never drops an unknown field, at any depth: it could be the one that narrows the question', () => {
    expect(contracts.questions.length).toBeGreaterThan(30);
    const lenient = contracts.questions.flatMap(({ service, name, request }) =>
      lenientIn(request, `${service}.${name}`),
    );
    expect(lenient).toEqual([]);
  });
  it('is refused when it has an unknown field, and the refusal names the field', () => {
    for (const [{ name, request }, asked, field] of misspelt) {
      const read = request.safeParse(asked);
      const told = read.error && issuesOf(read.error).map(({ message }) => message);
      expect([name, told]).toEqual([name, [`must not have the field ${field}`]]);
    }
  });
});
