import type { Settings } from '@anw/platform';
import { z } from 'zod';

const schema = z.object({ HOME_ACCESS_PROPOSED: z.enum(['on', 'off']).default('off') }).transform((environment) => ({
  /** Whether the desk proposes to hand home access along wherever there is one; the triagist decides. */
  homeAccess: environment.HOME_ACCESS_PROPOSED === 'on',
}));

/** What the desk proposes beforehand. */
export type ProposalSettings = z.infer<typeof schema>;

export const proposalSettings: Settings<ProposalSettings> = { schema };

/** `ProposalSettings` */
export const PROPOSAL_SETTINGS = Symbol('ProposalSettings');
