/** Who sees what at the custodian's staff door. What is clinical is for the people who give the care. */
export const PRIVACY_OFFICER_ROLE = 'privacy-officer';
export const APPLICATION_MANAGER_ROLE = 'application-manager';
export const DAY_TEAM_ROLES = ['day-team', 'nurse'] as const;
