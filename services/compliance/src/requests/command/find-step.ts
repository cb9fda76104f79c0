import { makeFact, PrivacyRequestFoundNobody } from '@vox/contracts';
import { type CanonicalIdentifier, readIdentifier } from '@vox/platform/identifiers';
import type { Needs } from '../../dependencies.ts';
import { foundNobody, type PrivacyRequest } from '../decide/privacy-request.ts';
import type { Step } from './erase-steps.ts';
import { findPerson, openWhose, sealWhose } from './whose.ts';

/** Whom a request is about. Where that is nobody, the request is over with that, and the audit log is told before the request says so. */
export const find: Step = async (needs, request) => {
  const { tenantId, requestId, kind } = request;
  const { whose, matches, subjectIds, sessionIds } = await findPerson(needs, tenantId, await meantBy(needs, request));
  if (foundNobody({ subjectIds, sessionIds })) {
    const head = { id: `request-found-nobody:${requestId}`, source: 'compliance', at: needs.clock.now() };
    const told = { tenantId, privacyRequestId: requestId, kind };
    await needs.bus.publish(PrivacyRequestFoundNobody, makeFact(PrivacyRequestFoundNobody, head, told));
  }
  const sealedWhose = await sealWhose(needs, request, whose);
  return { count: subjectIds.length, learnt: { sealedWhose, matches, subjectIds, sessionIds } };
};

/** Whom a request names. One that was opened before identifiers were read where they are said may name nobody: then nobody is found. */
async function meantBy(needs: Needs, request: PrivacyRequest): Promise<readonly CanonicalIdentifier[]> {
  const { identifier, identifiers } = await openWhose(needs, request);
  const country = needs.policies.get(request.tenantId)?.country ?? null;
  const old = identifier && readIdentifier(identifier, country);
  return old === undefined ? identifiers : [old, ...identifiers];
}
