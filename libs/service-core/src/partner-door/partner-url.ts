/** Base URL of the partner door as partners reach it, no trailing slash. */
export const PARTNER_URL = Symbol('URL of the partner door');
