import { z } from 'zod';
import type { RemoteIssue } from './fhir-client-error.js';

const Issue = z.looseObject({
  severity: z.enum(['fatal', 'error', 'warning', 'information']).catch('error'),
  code: z.string().catch('processing'),
  details: z.looseObject({ text: z.string().optional() }).optional().catch(undefined),
  diagnostics: z.string().optional().catch(undefined),
  expression: z.array(z.string()).optional().catch(undefined),
});

const Outcome = z.looseObject({ resourceType: z.literal('OperationOutcome'), id: z.string().optional().catch(undefined), issue: z.array(Issue) });

export interface ReadOutcome {
  readonly issues: readonly RemoteIssue[];
  readonly reference?: string;
}

/** Reads an OperationOutcome as far as we use it; a body of any other kind has nothing to say. */
export function readOutcome(body: unknown): ReadOutcome | undefined {
  const parsed = Outcome.safeParse(body);
  if (!parsed.success) return undefined;
  const { issue, id } = parsed.data;
  return { issues: issue.map(toRemoteIssue), ...(id === undefined ? {} : { reference: id }) };
}

function toRemoteIssue({ severity, code, details, diagnostics, expression }: z.infer<typeof Issue>): RemoteIssue {
  const [first] = expression ?? [];
  return { severity, code, text: details?.text ?? '', ...(diagnostics === undefined ? {} : { rule: diagnostics }), ...(first === undefined ? {} : { expression: first }) };
}
