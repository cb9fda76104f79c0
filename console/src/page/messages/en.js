import { checklist } from './en/answers/checklist.js';
import { fieldMistakes } from './en/answers/field-mistakes.js';
import { reasons } from './en/answers/reasons.js';
import { records } from './en/answers/records.js';
import { toolMistakes } from './en/answers/tool-mistakes.js';
import { auditFile } from './en/audit-file.js';
import { building } from './en/building.js';
import { entering } from './en/entering.js';
import { evidence } from './en/evidence.js';
import { firstCall } from './en/first-call.js';
import { governing } from './en/governing.js';
import { overview } from './en/overview.js';
import { palette } from './en/palette.js';
import { pastCalls } from './en/past-calls.js';
import { platform } from './en/platform.js';
import { preview } from './en/preview.js';
import { consents } from './en/privacy/consents.js';
import { incidents } from './en/privacy/incidents.js';
import { retention } from './en/privacy/retention.js';
import { transcripts } from './en/privacy/transcripts.js';
import { running } from './en/running.js';
import { secrets } from './en/secrets.js';
import { singleSignOn } from './en/single-sign-on.js';
import { tools } from './en/tools.js';
import { usage } from './en/usage.js';
import { webhooks } from './en/webhooks.js';

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
  ...secrets,
  ...tools,
  ...firstCall,
  ...overview,
  ...pastCalls,
  ...webhooks,
  ...singleSignOn,
  ...preview,
  ...checklist,
  ...fieldMistakes,
  ...reasons,
  ...records,
  ...toolMistakes,
  ...platform,
};
