/** Role of the login that may see visits and dossiers. */
export const NURSE_ROLE = 'nurse';
