import { auditLogPromises } from './audit-log.promises.ts';
import { memoryAuditLog } from './memory.ts';

auditLogPromises('the in-memory twin', async (copies) => {
  const log = memoryAuditLog();
  return Array.from({ length: copies }, () => log);
});
