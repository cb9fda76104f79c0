import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { SessionId, TenantId, VisitorId } from '../values/ids.ts';

/** Services besides compliance that may hold something about a person. Compliance asks them. */
export const stepServices = ['session-broker', 'quota', 'edge-guard', 'auth'] as const;
export type StepService = (typeof stepServices)[number];

/** Every step that a person’s request can take. */
export const PrivacyStep = z.enum([
  ...(['find', ...stepServices, 'compliance', 'streams', 'keys', 'certify', 'archive', 'clear'] as const),
]);
export type PrivacyStep = z.infer<typeof PrivacyStep>;

/** A person as one tenant knows it. It travels in questions and never in facts. */
const person = {
  tenantId: TenantId,
  visitorIds: z.array(VisitorId).max(200),
  userIds: z.array(z.string().min(1).max(64)).max(200),
  sessionIds: z.array(SessionId).max(200),
  emails: z.array(z.string().min(1).max(320)).max(200).default([]).describe('addresses, for whoever keeps members'),
};
export const PersonReference = z.strictObject(person);
export type PersonReference = z.infer<typeof PersonReference>;

/**
 * One record that a service holds about a person, as the person may read it. It holds no secret and nothing about
 * anybody else.
 */
export const HeldRecord = z.object({
  kind: z.string().max(64),
  id: z.string().max(200),
  data: z.record(z.string(), z.json()),
});
export type HeldRecord = z.infer<typeof HeldRecord>;

const exportQuestion = (service: StepService) =>
  question(
    service,
    'subject-export',
    'What this service holds about a person.',
    PersonReference,
    z.object({ records: z.array(HeldRecord).max(2_000) }),
  );
const eraseQuestion = (service: StepService) =>
  question(
    service,
    'subject-erase',
    'Ends what still runs of a person and removes what this service holds about it. Safe to repeat.',
    PersonReference,
    z.object({ erased: z.number().int().nonnegative() }),
  );

/** The same two questions to each service. */
export const ExportFrom = {
  'session-broker': exportQuestion('session-broker'),
  quota: exportQuestion('quota'),
  'edge-guard': exportQuestion('edge-guard'),
  auth: exportQuestion('auth'),
} as const satisfies Readonly<Record<StepService, unknown>>;
export const EraseFrom = {
  'session-broker': eraseQuestion('session-broker'),
  quota: eraseQuestion('quota'),
  'edge-guard': eraseQuestion('edge-guard'),
  auth: eraseQuestion('auth'),
} as const satisfies Readonly<Record<StepService, unknown>>;

/** All of them. */
export const subjectSteps = [...Object.values(ExportFrom), ...Object.values(EraseFrom)] as const;
