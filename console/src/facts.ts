import {
  ActOutcome,
  type ApiRow,
  AuditBreak,
  accessTable,
  agingDays,
  apiTable,
  auditForms,
  BudgetLimit,
  CallRefusal,
  ChecklistFinding,
  ChecklistItem,
  ChecklistState,
  ConsentChoice,
  ConsentPurpose,
  CopyState,
  changeStream,
  DenialReason,
  DropDeadLetters,
  EndConfirmation,
  EndedBy,
  EndReason,
  FactorKind,
  FieldMistake,
  findingSeverities,
  HoldScope,
  IdentifierKind,
  IncidentDeadline,
  IncidentOutcome,
  IncidentRisk,
  IncidentSignal,
  IncidentState,
  IncidentStep,
  identityKinds,
  KeyEnvironment,
  Law,
  LetterOutcome,
  memberRoles,
  overrideDaysMax,
  PreviewChange,
  PreviewGap,
  PreviewRule,
  PrivacyRequestKind,
  PrivacyRequestState,
  PrivacyStep,
  platform,
  policyRules,
  RefusalReason,
  retentionClasses,
  SessionCheck,
  ShowSession,
  scopesOfRole,
  TimelineEvent,
  ToolFinding,
  ToolMistake,
  ToolReason,
  ToolUsed,
  ToolUseOutcome,
  TranscriptRole,
  TriedTool,
  WebhookDeliveryState,
  WebhookEndpointView,
  WebhookEventType,
  WebhookOutcome,
  WidgetKeyState,
} from '@vox/contracts';

/** Whether the operation can be asked for by a member of the platform, which is no tenant. */
function isOfPlatform({ path, question }: ApiRow): boolean {
  const { tenantId } = question.request.shape as Record<string, { safeParse: (id: string) => { success: boolean } }>;
  return path.includes(':tenantId') || tenantId === undefined || tenantId.safeParse(platform).success;
}

/** How it went with a letter that was dropped. */
const letterDropped = DropDeadLetters.reply.shape.letters.element.shape.outcome.options;

/** What the console knows of the contracts: who may do what, each operation with its action, and the closed lists. */
export const facts = {
  platform,
  roles: Object.fromEntries(Object.entries(accessTable).map(([action, access]) => [action, access.roles])),
  operations: {
    ...Object.fromEntries(
      apiTable.map((row) => [
        `${row.method.toUpperCase()} ${row.path}`,
        { action: row.question.action, isOfPlatform: isOfPlatform(row) },
      ]),
    ),
    [`${changeStream.method.toUpperCase()} ${changeStream.path}`]: { action: changeStream.action, isOfPlatform: false },
  },
  overrideDaysMax,
  /** From how many days on a secret is old. */
  agingDays,
  /** The scopes that somebody of a role may give to a machine. */
  scopes: Object.fromEntries(memberRoles.map((role) => [role, scopesOfRole(role)])),
  lists: {
    role: memberRoles,
    identity: identityKinds,
    environment: KeyEnvironment.options,
    keyState: WidgetKeyState.options,
    end: EndReason.options,
    limit: BudgetLimit.options,
    privacyState: PrivacyRequestState.options,
    privacyKind: PrivacyRequestKind.options,
    law: Law.options,
    identifier: IdentifierKind.options,
    outcome: ActOutcome.options,
    holdKind: HoldScope.options.map(({ shape }) => shape.kind.value),
    webhookEvent: WebhookEventType.options,
    delivery: WebhookDeliveryState.options,
    purpose: ConsentPurpose.options,
    method: ConsentChoice.shape.method.options,
    retentionClass: retentionClasses,
    retentionHolds: retentionClasses,
    incidentState: IncidentState.options,
    incidentRisk: IncidentRisk.options,
    incidentOutcome: IncidentOutcome.options,
  },
} as const;

const egress = WebhookOutcome.options;
const isOfEgress = (reason: string): boolean => egress.some((each) => each === reason);

/**
 * Closed lists of which nobody chooses a member on the page: it has words for each, and says what comes. So no browser
 * loads them.
 */
export const answerLists = {
  previewRule: PreviewRule.options,
  previewChange: PreviewChange.options,
  previewGap: PreviewGap.options,
  copyState: CopyState.options,
  letterOutcome: [...new Set([...LetterOutcome.options, ...letterDropped])],
  policyRule: policyRules,
  policyMend: policyRules,
  severity: findingSeverities,
  callRefusal: CallRefusal.options,
  denial: DenialReason.options,
  timeline: TimelineEvent.options,
  checklist: ChecklistState.options,
  break: AuditBreak.shape.cause.options,
  check: SessionCheck.options,
  confirmed: EndConfirmation.options,
  endedBy: EndedBy.options,
  toolOutcome: ToolUseOutcome.options,
  callState: ShowSession.reply.shape.state.options,
  factorKind: FactorKind.options,
  toolKind: ['function', ...ToolUsed.data.shape.kind.options],
  findingLevel: ToolFinding.shape.level.options,
  tried: TriedTool.shape.outcome.options,
  webhookStatus: WebhookEndpointView.shape.status.options,
  webhookWhy: WebhookEndpointView.shape.disabledWhy.unwrap().options,
  speaker: TranscriptRole.options,
  incidentStep: IncidentStep.options,
  incidentSignal: IncidentSignal.options,
  incidentDeadline: IncidentDeadline.options,
  checklistWhat: ChecklistItem.options,
  checklistWhy: ChecklistItem.options,
  checklistHow: ChecklistItem.options,
  checklistFound: ChecklistFinding.options,
  toolMistake: ToolMistake.options,
  mistake: FieldMistake.options,
  refusal: RefusalReason.options,
  egress,
  toolReason: ToolReason.options.filter((each) => !isOfEgress(each)),
  privacyStep: PrivacyStep.options,
  incidentTitle: IncidentSignal.options,
} as const;

/** The module that pages import as `facts.js`. It is made at the start, so it never differs from the contracts. */
export const factsModule = (): string => `export const facts = ${JSON.stringify(facts)};\n`;

/** The module that pages import as `audit-forms.js`: how a line of an exported audit log looks, by the contracts. */
export const auditFormsModule = (): string => `export const auditForms = ${JSON.stringify(auditForms())};\n`;
