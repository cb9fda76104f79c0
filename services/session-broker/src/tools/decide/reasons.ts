import { ToolReason } from '@vox/contracts';

const known: ReadonlySet<string> = new Set(ToolReason.options);

/** A reason in the words of the contract. */
export const reasonOf = (reason: string): ToolReason => (known.has(reason) ? (reason as ToolReason) : 'other');
