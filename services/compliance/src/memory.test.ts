import { auditLogPromises } from './audit/keep/audit-log.promises.ts';
import { consentPromises } from './consent/keep/consents.promises.ts';
import { memoryAuditLog, memoryConsents, memoryTranscripts } from './memory.ts';
import { callPromises } from './transcripts/keep/calls.promises.ts';
import { transcriptPromises } from './transcripts/keep/transcripts.promises.ts';

const shared = <T>(store: T, copies: number): T[] => Array.from({ length: copies }, () => store);

auditLogPromises('the in-memory twin', async (copies) => shared(memoryAuditLog(), copies));
consentPromises('the in-memory twin', async (copies) => shared(memoryConsents(), copies));
callPromises('the in-memory twin', async (copies) => shared(memoryTranscripts().calls, copies));
transcriptPromises('the in-memory twin', async (copies) => shared(memoryTranscripts(), copies));
