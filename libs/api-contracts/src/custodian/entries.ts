import { Did, PatientId } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';
import { Party } from '../party.js';

/** One thing that happened to an allowlist row or an enrolment. */
export const EntryStepView = z.strictObject({
  /** Dutch: `Voorgesteld`. */
  what: z.string(),
  at: Instant,
  by: z.string(),
  reason: z.string().optional(),
});
export type EntryStepView = z.infer<typeof EntryStepView>;

const entryMembers = {
  id: z.uuid(),
  validFrom: Instant,
  /** Absent: until somebody ends it. */
  validUntil: Instant.optional(),
  /** Only a `current` one opens anything; `pending` waits for a second person. */
  state: z.enum(['pending', 'future', 'current', 'ended', 'withdrawn']),
  /** The same in a Dutch word. */
  stateText: z.string(),
  /** Oldest first; empty for what is older than this history. */
  history: z.array(EntryStepView),
  /** Whether this person may approve it: she is not the one who proposed it. */
  mayApprove: z.boolean(),
  /** Whether there is something to end or to withdraw. */
  mayEnd: z.boolean(),
};

export const AllowlistRowView = z.strictObject({ ...entryMembers, regisseur: Party, actor: Party });
export type AllowlistRowView = z.infer<typeof AllowlistRowView>;

/** Of a page of entries, those that begin last first. */
const pageMembers = {
  fourEyes: z.boolean(),
  /** Organisations that are known here, to choose from. */
  known: z.array(Party),
  /** How many wait for a second person, on whatever page. */
  waiting: z.int().min(0),
  /** Value of `after` for the next page, when there is one. */
  next: z.uuid().optional(),
};

/** `GET /api/allowlist`: a page of which regisseur may authorize which organisation. */
export const AllowlistView = z.strictObject({ ...pageMembers, rows: z.array(AllowlistRowView) });
export type AllowlistView = z.infer<typeof AllowlistView>;

const reason = z.string().trim().min(3, 'Vul in waarom u dit doet').max(500, 'Houd het korter dan 500 tekens');

/** `POST /api/allowlist`. */
export const AllowlistRowInput = z.strictObject({ regisseur: Did, actor: Did, validFrom: Instant.optional(), validUntil: Instant.optional(), reason });
export type AllowlistRowInput = z.infer<typeof AllowlistRowInput>;

/** `POST …/end` of an entry. */
export const EndEntryInput = z.strictObject({ reason });
export type EndEntryInput = z.infer<typeof EndEntryInput>;

export const EnrolmentView = z.strictObject({ ...entryMembers, regisseur: Party, patient: z.strictObject({ id: PatientId, name: z.string(), birthDate: z.string().optional() }) });
export type EnrolmentView = z.infer<typeof EnrolmentView>;

/** `GET /api/enrolments`: a page of which client receives out-of-hours care through which regisseur. */
export const EnrolmentsView = z.strictObject({ ...pageMembers, enrolments: z.array(EnrolmentView) });
export type EnrolmentsView = z.infer<typeof EnrolmentsView>;

/** What `GET /api/allowlist` takes in the query: `open` holds or will hold, `waiting` waits for a second person. */
export const AllowlistQuestion = z.strictObject({ show: z.enum(['open', 'waiting', 'all']).default('open'), after: z.uuid().optional() });
export type AllowlistQuestion = z.infer<typeof AllowlistQuestion>;

/** What `GET /api/enrolments` takes in the query. */
export const EnrolmentsQuestion = AllowlistQuestion.extend({ patient: PatientId.optional() });
export type EnrolmentsQuestion = z.infer<typeof EnrolmentsQuestion>;

const MOST_AT_ONCE = 500;

/** `POST /api/enrolments`: many clients at once, each by its own number. */
export const EnrolInput = z.strictObject({
  patients: z.array(PatientId).min(1, 'Vul ten minste één cliëntnummer in').max(MOST_AT_ONCE, `Meld ten hoogste ${MOST_AT_ONCE} cliënten tegelijk aan`),
  regisseur: Did,
  validFrom: Instant.optional(),
  validUntil: Instant.optional(),
  reason,
});
export type EnrolInput = z.infer<typeof EnrolInput>;

/** What became of each client: one that cannot be enrolled stops none of the others. */
export const EnrolReport = z.strictObject({
  results: z.array(z.strictObject({ patient: PatientId, outcome: z.enum(['enrolled', 'waits', 'refused']), text: z.string() })),
});
export type EnrolReport = z.infer<typeof EnrolReport>;

/** `GET /api/changes`: what begins and ends by itself in the next 24 hours, and what still waits for a second person. */
export const ChangesView = z.strictObject({
  from: Instant,
  until: Instant,
  changes: z.array(z.strictObject({ at: Instant, what: z.enum(['begins', 'ends']), text: z.string(), patients: z.int().min(0) })),
  waiting: z.int().min(0),
});
export type ChangesView = z.infer<typeof ChangesView>;

/** `GET /api/partners`: how each partner stands. */
export const PartnerStateView = z.strictObject({
  party: Party,
  roles: z.array(z.enum(['regisseur', 'actor'])),
  /** Of the last thing it did here, within the last thirty days. */
  lastSeen: Instant.optional(),
  certificate: z.strictObject({ validUntil: Instant, expiresSoon: z.boolean() }).optional(),
  /** When we last had its list of what it took back; of a regisseur alone. */
  statusListAt: Instant.optional(),
  /** Whether we ask it at present; absent when we have not asked it since this service started. */
  circuit: z.enum(['closed', 'open', 'half-open']).optional(),
  circuitText: z.string(),
  /** Notifications that wait to be taken. */
  waiting: z.int().min(0),
  waitingSince: Instant.optional(),
});
export type PartnerStateView = z.infer<typeof PartnerStateView>;

export const PartnersView = z.strictObject({ partners: z.array(PartnerStateView), at: Instant });
export type PartnersView = z.infer<typeof PartnersView>;

const AssuranceLevel = z.enum(['low', 'substantial', 'high']);

/** What is asked of one partner, a Dutch sentence each. */
export const PartnerDemandView = z.strictObject({ party: Party, demands: z.array(z.string()) });
export type PartnerDemandView = z.infer<typeof PartnerDemandView>;

/** `GET` and `PUT /api/assurance`: how sure it must be who the nurse is. */
export const AssuranceView = z.strictObject({
  minimum: AssuranceLevel,
  homeAccess: AssuranceLevel.optional(),
  fourEyes: z.boolean(),
  /** Names what `minimum` and `homeAccess` are now. */
  version: z.string(),
  /** What the operator asks of single partners instead of what is asked of all. */
  partners: z.array(PartnerDemandView),
});
export type AssuranceView = z.infer<typeof AssuranceView>;

/** `version` is that of what she saw: somebody else may have changed it since. */
export const AssuranceInput = z.strictObject({ version: z.string().max(64), minimum: AssuranceLevel, homeAccess: AssuranceLevel.optional() });
export type AssuranceInput = z.infer<typeof AssuranceInput>;
