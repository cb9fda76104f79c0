import { checklist } from './es/answers/checklist.js';
import { fieldMistakes } from './es/answers/field-mistakes.js';
import { reasons } from './es/answers/reasons.js';
import { records } from './es/answers/records.js';
import { toolMistakes } from './es/answers/tool-mistakes.js';
import { auditFile } from './es/audit-file.js';
import { building } from './es/building.js';
import { entering } from './es/entering.js';
import { evidence } from './es/evidence.js';
import { firstCall } from './es/first-call.js';
import { governing } from './es/governing.js';
import { overview } from './es/overview.js';
import { palette } from './es/palette.js';
import { pastCalls } from './es/past-calls.js';
import { platform } from './es/platform.js';
import { preview } from './es/preview.js';
import { consents } from './es/privacy/consents.js';
import { incidents } from './es/privacy/incidents.js';
import { retention } from './es/privacy/retention.js';
import { transcripts } from './es/privacy/transcripts.js';
import { running } from './es/running.js';
import { secrets } from './es/secrets.js';
import { singleSignOn } from './es/single-sign-on.js';
import { tools } from './es/tools.js';
import { usage } from './es/usage.js';
import { webhooks } from './es/webhooks.js';

/** Everything that the console says, in Spanish. @type {import('../words.js').Messages} */
export const es = {
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
