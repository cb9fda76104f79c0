import { type PrivacyRequestKind, type PrivacyStep, stepServices } from '@vox/contracts';

/**
 * The steps of an erasure, in order. A crash between two repeats the second: each is safe to repeat. The services are
 * asked before the facts are forgotten, so that what they still say of their own ends is forgotten too. The keys go
 * last of all data, for until then they name whom to ask about.
 */
export const erasureSteps = ['find', ...stepServices, 'compliance', 'streams', 'keys', 'certify'] as const;
export type ErasureStep = (typeof erasureSteps)[number];

/** The steps of an export, in order. A crash between two repeats the second: each is safe to repeat. */
export const exportSteps = ['find', ...stepServices, 'compliance', 'archive', 'clear'] as const;
export type ExportStep = (typeof exportSteps)[number];

export const stepsOf = { export: exportSteps, erase: erasureSteps } as const satisfies Readonly<
  Record<PrivacyRequestKind, readonly PrivacyStep[]>
>;

/** The step that a request waits for. */
export type NextStep = Readonly<{ kind: 'erase'; name: ErasureStep }> | Readonly<{ kind: 'export'; name: ExportStep }>;

/** The step behind those that are done; `undefined` behind the last one. */
export function stepAfter(kind: PrivacyRequestKind, done: number): NextStep | undefined {
  if (kind === 'erase') {
    const name = erasureSteps[done];
    return name && { kind, name };
  }
  const name = exportSteps[done];
  return name && { kind, name };
}
