import { auditFacts } from '../audit/checkpoint.ts';
import { callFacts } from '../calls/session.ts';
import { apiKeyFacts } from '../identity/api-key-facts.ts';
import { digestFacts } from '../identity/digests.ts';
import { keyAgeFacts } from '../identity/key-ages.ts';
import { memberFacts } from '../identity/members.ts';
import type { FactKind } from '../kinds/fact.ts';
import type { ServiceName, StreamName } from '../kinds/names.ts';
import { operationFacts } from '../operations/copies.ts';
import { privacyFacts } from '../privacy/facts.ts';
import { secretFacts } from '../secrets/secret-facts.ts';
import { securityFacts } from '../security/security.ts';
import { codeFacts } from '../sign-in/codes.ts';
import { loginFacts } from '../sign-in/login-facts.ts';
import { secondFactorFacts } from '../sign-in/second-factor-facts.ts';
import { singleSignOnFacts } from '../sign-in/single-sign-on-facts.ts';
import { identityFacts } from '../tenants/identity.ts';
import { toolFacts } from '../tools/tool-facts.ts';
import { transcriptFacts } from '../transcripts/transcript.ts';
import { modelFacts } from '../usage/model-ending.ts';
import { usageFacts } from '../usage/usage.ts';
import { webhookFacts } from '../webhooks/webhook-facts.ts';

/** Every fact of every area. Streams, rights, documentation and the audit log are built from this list. */
export const facts = [
  ...callFacts,
  ...usageFacts,
  ...toolFacts,
  ...modelFacts,
  ...identityFacts,
  ...apiKeyFacts,
  ...secondFactorFacts,
  ...singleSignOnFacts,
  ...codeFacts,
  ...memberFacts,
  ...loginFacts,
  ...keyAgeFacts,
  ...digestFacts,
  ...webhookFacts,
  ...secretFacts,
  ...transcriptFacts,
  ...securityFacts,
  ...operationFacts,
  ...auditFacts,
  ...privacyFacts,
] as const;
export type AreaFact = (typeof facts)[number];

/** The facts that a stream holds. */
export const factsIn = <S extends StreamName>(stream: S): readonly Extract<AreaFact, { stream: S }>[] =>
  facts.filter((kind): kind is Extract<AreaFact, { stream: S }> => kind.stream === stream);

/** The facts that a service may publish. */
export const factsPublishedBy = (service: ServiceName): readonly FactKind[] =>
  facts.filter(({ publishers }: FactKind) => publishers.includes(service));
