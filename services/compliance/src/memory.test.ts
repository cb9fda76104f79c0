import { auditLogPromises } from './audit/keep/audit-log.promises.ts';
import { memoryAuditLog, memoryTranscripts } from './memory.ts';
import { transcriptPromises } from './transcripts/keep/transcripts.promises.ts';

const shared = <T>(store: T, copies: number): T[] => Array.from({ length: copies }, () => store);

auditLogPromises('the in-memory twin', async (copies) => shared(memoryAuditLog(), copies));
transcriptPromises('the in-memory twin', async (copies) => shared(memoryTranscripts(), copies));
