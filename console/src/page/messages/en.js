import { auditFile } from './en/audit-file.js';
import { building } from './en/building.js';
import { consents } from './en/consents.js';
import { entering } from './en/entering.js';
import { evidence } from './en/evidence.js';
import { firstCall } from './en/first-call.js';
import { governing } from './en/governing.js';
import { incidents } from './en/incidents.js';
import { overview } from './en/overview.js';
import { palette } from './en/palette.js';
import { retention } from './en/retention.js';
import { running } from './en/running.js';
import { transcripts } from './en/transcripts.js';
import { usage } from './en/usage.js';

/** Everything that the console says, in English. Other languages say the same keys. */
export const en = {
  ...entering,
  ...running,
  ...building,
  ...governing,
  ...consents,
  ...retention,
  ...incidents,
  ...transcripts,
  ...usage,
  ...auditFile,
  ...evidence,
  ...palette,
  ...firstCall,
  ...overview,
};
