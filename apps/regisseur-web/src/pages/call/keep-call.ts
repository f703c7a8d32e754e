import { CareRequestKind, FoundPatientView, GivenAnswer, TriageOutcome, Urgency } from '@anw/api-contracts';
import { z } from 'zod';
import { type CallFlow, callSteps } from './call-flow.js';

/**
 * What a tab keeps of a call, so that a reload, a lost session or the back button costs nothing (ADR 21). It has no
 * place for a BSN: that is typed, sent in a body and forgotten (design D7).
 */
const KeptCall = z.strictObject({
  step: z.enum(callSteps),
  careRequest: z.uuid(),
  requestId: z.uuid(),
  request: z.strictObject({ kind: CareRequestKind, reportedBy: z.string(), description: z.string(), urgency: Urgency }),
  recorded: z.boolean(),
  answers: z.array(GivenAnswer),
  conclusion: z.strictObject({ outcome: TriageOutcome, urgency: Urgency.optional(), advice: z.string().optional() }).optional(),
  search: z.strictObject({ familyName: z.string(), birthDate: z.string(), address: z.string() }),
  patient: FoundPatientView.optional(),
  practitioner: z
    .strictObject({ shift: z.uuid(), name: z.string(), actor: z.string(), until: z.string(), homeAccess: z.strictObject({ proposed: z.boolean() }).optional() })
    .optional(),
  order: z.strictObject({ note: z.string(), urgency: Urgency, from: z.string(), until: z.string(), homeAccess: z.boolean() }).optional(),
}) satisfies z.ZodType<CallFlow>;

export type CallStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'anw-call';

/** Keeps the call of this tab for whoever typed it. */
export function keepCall(storage: CallStorage, user: string, flow: CallFlow): void {
  storage.setItem(KEY, JSON.stringify({ user, flow }));
}

/** The call that she was in; what somebody else left in this tab, or what cannot be read, is thrown away. */
export function keptCall(storage: CallStorage, user: string): CallFlow | undefined {
  const kept = z.strictObject({ user: z.literal(user), flow: KeptCall }).safeParse(readJson(storage.getItem(KEY)));
  if (kept.success) return kept.data.flow;
  forgetCall(storage);
  return undefined;
}

export function forgetCall(storage: CallStorage): void {
  storage.removeItem(KEY);
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
