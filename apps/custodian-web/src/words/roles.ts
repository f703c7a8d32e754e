export const OFFICER = ['privacy-officer'] as const;
export const MANAGER = ['application-manager'] as const;
export const OFFICER_OR_MANAGER = [...OFFICER, ...MANAGER] as const;
export const DAY_TEAM = ['day-team', 'nurse'] as const;
