/** A form by JSON Schema, as far as the contracts use it. */
export type JsonForm = Readonly<{
  oneOf?: readonly JsonForm[];
  anyOf?: readonly JsonForm[];
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  items?: JsonForm;
  properties?: Readonly<Record<string, JsonForm>>;
  required?: readonly string[];
}>;
export type AuditForms = Readonly<Record<'line' | 'place' | 'page' | 'keys', JsonForm>>;
/** What the server makes of the contracts when it starts (`console/src/facts.ts`). */
export const auditForms: AuditForms;
