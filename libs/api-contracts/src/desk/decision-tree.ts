import { z } from 'zod';
import { Instant } from '../instant.js';
import { Urgency } from '../urgency.js';
import { TriageOutcome } from './triage-outcome.js';

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const text = z.string().trim().min(1).max(400);

/** Where a branch ends: one of the four outcomes, what to tell the caller, and for out-of-hours care how soon. */
export const TreeEnd = z.strictObject({ outcome: TriageOutcome, advice: text, urgency: Urgency.optional() });
export type TreeEnd = z.infer<typeof TreeEnd>;

/** One answer: it leads to another question, or it ends the branch. */
export const TreeAnswer = z.strictObject({
  id: key,
  text,
  then: z.union([z.strictObject({ question: key }), z.strictObject({ end: TreeEnd })]),
});
export type TreeAnswer = z.infer<typeof TreeAnswer>;

/** Answers are numbered from 1 in this order: at most nine, one for each number key. */
export const TreeQuestion = z.strictObject({ id: key, text, help: z.string().trim().min(1).max(1000).optional(), answers: z.array(TreeAnswer).min(2).max(9) });
export type TreeQuestion = z.infer<typeof TreeQuestion>;

/** The questions of a region, in Dutch; `start` is asked first. */
export const DecisionTree = z.strictObject({ title: text, start: key, questions: z.array(TreeQuestion).min(1).max(200) });
export type DecisionTree = z.infer<typeof DecisionTree>;

/** `draft`: can be tried; `published`: in use; `retired`: was in use, and care requests still name it. */
export const TreeState = z.enum(['draft', 'published', 'retired']);
export type TreeState = z.infer<typeof TreeState>;

/** One version, without its questions. */
export const DecisionTreeVersion = z.strictObject({
  version: z.int().min(1),
  title: z.string(),
  state: TreeState,
  createdAt: Instant,
  createdBy: z.string(),
  publishedAt: Instant.optional(),
  publishedBy: z.string().optional(),
});
export type DecisionTreeVersion = z.infer<typeof DecisionTreeVersion>;

/** `GET /api/decision-trees`: newest first. */
export const DecisionTreeList = z.strictObject({ versions: z.array(DecisionTreeVersion) });
export type DecisionTreeList = z.infer<typeof DecisionTreeList>;

/** `GET /api/decision-trees/current` (404 as long as none is published) and `GET /api/decision-trees/:version`. */
export const DecisionTreeView = DecisionTreeVersion.extend({ tree: DecisionTree });
export type DecisionTreeView = z.infer<typeof DecisionTreeView>;

/** Which answer was given to which question, in the order asked. */
export const GivenAnswer = z.strictObject({ question: key, answer: key });
export type GivenAnswer = z.infer<typeof GivenAnswer>;

/** `POST /api/decision-trees/:version/try`: nothing is recorded. */
export const TryTreeInput = z.strictObject({ answers: z.array(GivenAnswer).max(200) });
export type TryTreeInput = z.infer<typeof TryTreeInput>;

/** What comes next: another question, or the end. */
export const TreeStep = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('question'), question: TreeQuestion }), z.strictObject({ kind: z.literal('end'), end: TreeEnd })]);
export type TreeStep = z.infer<typeof TreeStep>;
