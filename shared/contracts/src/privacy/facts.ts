import { ConsentRecorded } from './consent.ts';
import { HoldPlaced, HoldReleased } from './holds.ts';
import { incidentFacts } from './incident-facts.ts';
import { MasterKeyRotated } from './master-key.ts';
import {
  PrivacyRequestBlocked,
  PrivacyRequestDone,
  PrivacyRequestDueSoon,
  PrivacyRequestFoundNobody,
  PrivacyRequestOpened,
  PrivacyRequestOverdue,
  SubjectErased,
} from './request-facts.ts';
import { RetentionSwept } from './retention.ts';
import { SourceSlipped, TranscriptFinalised } from './transcript-facts.ts';

/** The facts of what is done with personal data. */
export const privacyFacts = [
  MasterKeyRotated,
  ConsentRecorded,
  TranscriptFinalised,
  SourceSlipped,
  RetentionSwept,
  HoldPlaced,
  HoldReleased,
  PrivacyRequestOpened,
  PrivacyRequestBlocked,
  PrivacyRequestDueSoon,
  PrivacyRequestOverdue,
  PrivacyRequestDone,
  PrivacyRequestFoundNobody,
  SubjectErased,
  ...incidentFacts,
] as const;
