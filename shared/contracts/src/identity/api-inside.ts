import type { z } from 'zod';

/**
 * A field of a request that may have several forms, told apart by their `kind`, and which of them a body is. The door
 * says under which of our origins the browser shows the page, where the form asks for that.
 */
export type Inside = Readonly<{
  field: string;
  kind: string;
  /** Schemas of fields that the question leaves open, and the door reads. */
  reads?: Readonly<Record<string, z.ZodType>>;
}>;

type Shape = Readonly<Record<string, z.ZodType>>;
type Form = Readonly<{ shape: Shape }>;

/** The fields of such a form that a caller writes, and whether the door adds the origin. Throws RangeError for none. */
export function fieldsInside(
  request: z.ZodObject,
  { field, kind, reads }: Inside,
): Readonly<{ written: Record<string, z.ZodType>; hasOrigin: boolean }> {
  const { options = [] } = (request.shape[field]?._zod.def ?? {}) as { options?: readonly Form[] };
  const form = options.find(({ shape }) => shape.kind?.safeParse(kind).success === true);
  if (form === undefined) throw new RangeError(`${field} has no form ${kind}`);
  const { kind: _kind, origin, ...written } = form.shape;
  return { written: { ...written, ...reads }, hasOrigin: origin !== undefined };
}

/** Whether a request has the form that a body of this operation is. */
export const isInside = ({ field, kind }: Inside, request: Readonly<Record<string, unknown>>): boolean =>
  (request[field] as { kind?: unknown } | undefined)?.kind === kind;
